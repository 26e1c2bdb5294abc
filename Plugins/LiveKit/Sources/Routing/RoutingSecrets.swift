import SwitchboardCore

/// Keeps secrets from getting lost: a whole trunk or rule is sent only with the secrets that belong to it.
///
/// LiveKit tells passwords and PINs in clear (contract section 4.5). Where it stops to, what it shows instead must not
/// become the password.
enum RoutingSecrets {
    /// Throws `invalid_argument` where a secret was left behind or is a mask of one.
    static func requireReadable(_ document: RoutingDocument) throws {
        try require(document.withheld, document.secrets, of: document.schema)
    }

    static func requireReadable(_ change: RoutingChange) throws {
        try require(change.withheld, change.secrets, of: change.schema)
    }

    /// The path of a trunk's password.
    static let password = "auth_password"

    /// Throws `invalid_argument` where sending the one would clear a password that LiveKit hides in the other.
    static func requireKept(_ document: RoutingDocument, inPlaceOf current: RoutingDocument) throws {
        if lacksPassword(document), lacksPassword(current) { throw hidden(password, document.schema) }
    }

    /// Whether there is a user name and no password beside it.
    static func lacksPassword(_ document: RoutingDocument) -> Bool {
        !document.text("auth_username").isEmpty && !document.has(secret: password)
    }

    private static func require(
        _ withheld: Set<String>, _ secrets: [String: Secret], of schema: RoutingSchema
    ) throws {
        let missing = withheld.union(secrets.filter(\.value.isMask).keys)
        if let first = missing.min() { throw hidden(first, schema) }
    }

    private static func hidden(_ path: String, _ schema: RoutingSchema) -> SwitchboardError {
        RoutingErrors.error(
            .invalidArgument, "the \(path) of the \(schema.noun) is hidden, and this change has to send it",
            help: "give \(path) along with the change",
            fields: [path: "needed and not known"])
    }
}
