import SwitchboardCore
import TwilioProvider

extension PlantedFault<CarrierGraft> {
    /// Faults of the steps that lead an account's own numbers to a SIP host.
    static let all = numbers + trunks + credentials

    private static let denying = CarrierGraft(error: { $0.mayHaveHappened = false })

    private static let numbers = [
        PlantedFault(
            "lists holdings without order", caughtBy: "carrier-holdings",
            CarrierGraft(holdings: { try await $0.holdings().reversed() })),
        PlantedFault(
            "leads a caller id somewhere", caughtBy: "carrier-caller-id",
            CarrierGraft(attach: { carrier, number, trunk, key in
                var number = number
                number.kind = .fullNumber
                try await carrier.attach(number, toTrunk: trunk, key: key)
            })),
        PlantedFault("attaches nothing", caughtBy: "carrier-attach-twice", CarrierGraft(attach: { _, _, _, _ in })),
        PlantedFault("concludes 'failed' after a lost answer", caughtBy: "carrier-attach-cut", denying),
        PlantedFault("detaches nothing", caughtBy: "carrier-detach-twice", CarrierGraft(detach: { _, _, _, _ in })),
        PlantedFault("restores nothing", caughtBy: "carrier-restore-twice", CarrierGraft(restore: { _, _, _ in })),
    ]

    private static let trunks = [
        PlantedFault(
            "finds a trunk that nobody has made", caughtBy: "carrier-nobody",
            CarrierGraft(sharedTrunk: { _, host in CarrierTrunk(id: "TK1", name: host) })),
        PlantedFault(
            "makes no trunk", caughtBy: "carrier-trunk-twice",
            CarrierGraft(makeSharedTrunk: { _, host, _ in CarrierTrunk(id: "TK1", name: host) })),
        PlantedFault("concludes 'failed' after a lost answer", caughtBy: "carrier-trunk-cut", denying),
        PlantedFault(
            "deletes no trunk", caughtBy: "carrier-trunk-delete-twice", CarrierGraft(deleteTrunk: { _, _, _ in })),
        PlantedFault(
            "leads calls to a second place", caughtBy: "carrier-origination-twice",
            CarrierGraft(makeOriginationURL: { carrier, uri, trunk, key in
                _ = try await carrier.makeOriginationURL(uri + ";edge=two", ofTrunk: trunk, key: key)
                return try await carrier.makeOriginationURL(uri, ofTrunk: trunk, key: key)
            })),
        PlantedFault(
            "takes no place away", caughtBy: "carrier-origination-delete-twice",
            CarrierGraft(deleteOriginationURL: { _, _, _, _ in })),
    ]

    private static let credentials = [
        PlantedFault(
            "makes no list", caughtBy: "carrier-list-twice",
            CarrierGraft(makeCredentialList: { _, name, _ in CredentialList(id: "CL1", name: name) })),
        PlantedFault(
            "deletes no list", caughtBy: "carrier-list-delete-twice",
            CarrierGraft(deleteCredentialList: { _, _, _ in })),
        PlantedFault(
            "keeps silent about a list in use", caughtBy: "carrier-list-in-use",
            CarrierGraft(deleteCredentialList: { _, _, _ in })),
        PlantedFault(
            "sets no password", caughtBy: "carrier-credential-twice", CarrierGraft(setCredential: { _, _, _, _, _ in })),
        PlantedFault(
            "puts the password into an error text", caughtBy: "carrier-password",
            CarrierGraft(setCredential: { carrier, user, password, list, key in
                do {
                    try await carrier.setCredential(user, password: password, inList: list, key: key)
                } catch var error as SwitchboardError {
                    error.cause = "the password was \(password.reveal())"
                    throw error
                }
            })),
        PlantedFault(
            "lets nobody call out", caughtBy: "carrier-list-attach-twice",
            CarrierGraft(attachCredentialList: { _, _, _, _ in })),
        PlantedFault(
            "goes on letting them call out", caughtBy: "carrier-list-detach-twice",
            CarrierGraft(detachCredentialList: { _, _, _, _ in })),
    ]
}
