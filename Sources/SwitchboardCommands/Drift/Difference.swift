import SwitchboardCore
import SwitchboardEngine
import SwitchboardLanguage
import SwitchboardStore

/// Something that the ledger and a provider tell differently.
struct Difference {
    /// What kind of difference it is.
    enum Kind: String, CaseIterable {
        /// The provider has it and the ledger does not.
        case missingInLedger = "missing_in_ledger"
        /// The ledger has it and the provider does not.
        case missingAtProvider = "missing_at_provider"
        /// Both have it, and a field differs.
        case changed
    }

    /// The number.
    var e164: E164?
    /// The trunk's name, where it is about a trunk.
    var trunk: String?
    /// Who tells it differently.
    var provider: String
    var kind: Kind
    /// The field, as the records of numbers and trunks name it.
    var field: String?
    /// What the ledger says.
    var ledger: String?
    /// What is so.
    var actual: String?
    /// What to do about it.
    var help: String

    // MARK: Numbers

    /// What differs between the ledger's numbers of an account and those that it holds.
    static func between(_ held: [WorkspaceNumber], _ owned: [OwnedNumber], at provider: String) -> [Difference] {
        let known = Dictionary(owned.map { ($0.e164, $0) }) { first, _ in first }
        let gone = held.filter { known[$0.e164] == nil && $0.status != .released }.map {
            Difference(
                e164: $0.e164, provider: provider, kind: .missingAtProvider, ledger: $0.status.rawValue,
                help: "remove \($0.e164) takes it out of the ledger")
        }
        let ledger = Set(held.map(\.e164))
        let fresh = known.values.filter { !ledger.contains($0.e164) }.map {
            Difference(
                e164: $0.e164, provider: provider, kind: .missingInLedger, actual: $0.status.rawValue,
                help: "adopt \($0.e164) --provider \(provider) takes it in")
        }
        return gone + fresh + held.flatMap { number in known[number.e164].map { between(number, $0) } ?? [] }
    }

    /// The fields that differ.
    static func between(_ held: WorkspaceNumber, _ owned: OwnedNumber) -> [Difference] {
        func text(_ rules: [String]) -> String { rules.sorted().joined(separator: " ") }
        let fields = [
            ("status", held.status.rawValue, owned.status.rawValue),
            ("provider_phone_number_id", held.providerID ?? "", owned.providerID),
            ("sip_dispatch_rule_ids", text(held.dispatchRuleIDs), text(owned.dispatchRuleIDs)),
        ]
        return fields.filter { $0.1 != $0.2 }.map { field, ledger, actual in
            Difference(
                e164: held.e164, provider: held.provider, kind: .changed, field: field, ledger: ledger, actual: actual,
                help: "get \(held.e164) brings the ledger up to date")
        }
    }

    // MARK: Trunks

    /// What differs between the ledger's trunks, with the numbers that no account holds, and what the platform has.
    static func between(
        _ rows: [Trunk], _ numbers: [WorkspaceNumber], _ picture: RoutingPicture, at platform: String
    ) -> [Difference] {
        let ids = Set(picture.trunks.map(\.id))
        let gone = rows.flatMap { row in row.halves.filter { !ids.contains($0) }.map { (row, $0) } }.map { row, half in
            Difference(
                trunk: row.name, provider: platform, kind: .missingAtProvider, ledger: half,
                help: "trunk delete \(row.id) takes it out of the ledger")
        }
        let carried = numbers.filter { !$0.source.hasAccount }.flatMap { number -> [Difference] in
            between(number, OwnedNumber(number, rows, picture))
        }
        return gone + carried
    }
}

// MARK: Carriers' accounts

extension Difference {
    /// What differs between the ledger's numbers of a carrier's account and what that and the platform have.
    static func between(
        _ held: [WorkspaceNumber], _ holdings: [CarrierNumber], on trunkID: String?, _ rows: [Trunk],
        _ picture: RoutingPicture, at provider: String, account: String
    ) -> [Difference] {
        let known = Dictionary(holdings.map { ($0.e164, $0) }) { first, _ in first }
        let owned = held.compactMap { number in
            known[number.e164].map { holding in
                OwnedNumber(number, rows, picture).held(by: holding, number, rows.first { $0.id == number.trunkID })
            }
        }
        let led = holdings.filter { number in trunkID.map { number.route == .trunk($0) } ?? false }.map(\.e164)
        // What an import that ended halfway has put on the platform's trunks of the account.
        let halves = rows.filter { $0.kind == provider && $0.account == account }.flatMap(\.halves)
        let listed = picture.trunks.filter { halves.contains($0.id) }.flatMap(\.numbers).compactMap { E164($0) }
        return between(held, owned, at: provider)
            + Set(led + listed).subtracting(held.map(\.e164)).sorted().map {
                Difference(
                    e164: $0, provider: provider, kind: .missingInLedger, actual: "on the trunk of \(account)",
                    help: "import \($0) --source \(provider) --account \(account) takes it in")
            }
    }

    /// What is wrong with the trunk that a carrier's account shares.
    static func between(
        _ row: Trunk, _ trunk: CarrierTrunk?, _ urls: [OriginationURL], to uri: String, mayCallOut: Bool
    ) -> [Difference] {
        let help = "import of one of its numbers again makes it"
        guard trunk?.id == row.carrierTrunkID else {
            return [
                Difference(
                    trunk: row.name, provider: row.kind, kind: .missingAtProvider, ledger: row.carrierTrunkID,
                    actual: trunk?.id, help: help)
            ]
        }
        var found: [Difference] = []
        if !urls.contains(where: { $0.isEnabled && OriginationURL.meansSame($0.sipURI, uri) }) {
            found.append(
                Difference(
                    trunk: row.name, provider: row.kind, kind: .changed, field: "origination_url", ledger: uri,
                    actual: urls.filter(\.isEnabled).map(\.sipURI).joined(separator: " "), help: help))
        }
        if !mayCallOut {
            found.append(
                Difference(
                    trunk: row.name, provider: row.kind, kind: .changed, field: "auth_username",
                    ledger: "lets the platform call out", actual: "does not", help: help))
        }
        return found
    }
}

extension OwnedNumber {
    /// A number as the platform's trunks and rules have it.
    init(_ held: WorkspaceNumber, _ rows: [Trunk], _ picture: RoutingPicture) {
        let half = rows.first { $0.id == held.trunkID }?.half(for: held)
        self.init(held, on: picture.trunks.first { $0.id == half }, rules: picture.rules)
    }
}

extension RecordTypes {
    /// The text `difference`.
    static let difference = RecordType(
        name: "difference", summary: "what the ledger and a provider tell differently", columns: Difference.columns)
}

extension Value {
    /// The record `difference`.
    init(_ difference: Difference) { self = .record(Record("difference", difference, columns: Difference.columns)) }
}

extension Difference {
    fileprivate static let columns: [RoutingColumn<Difference>] = [
        .init("e164", .optional(.phone), "the number that it is about") { $0.e164.map { .phone($0) } ?? .nothing },
        .init("trunk", .optional(.string), "the trunk that it is about") { .text($0.trunk) },
        .init("provider", .string, "who tells it differently") { .string($0.provider) },
        .init("difference", .choice(Kind.allCases.map(\.rawValue)), "which of the two has it, or that a field differs")
        {
            .string($0.kind.rawValue)
        },
        .init("field", .optional(.string), "the field that differs") { .text($0.field) },
        .init("ledger", .optional(.string), "what the ledger says") { .text($0.ledger) },
        .init("actual", .optional(.string), "what the provider says") { .text($0.actual) },
        .init("help", .string, "what brings them together") { .string($0.help) },
    ]
}
