public import SwitchboardCore

/// The account's own numbers, and the calls that go to them.
extension TwilioProvider: CarrierTrunking {
    /// Looks among the account's numbers, then among its verified caller ids; their ids look alike.
    public func holding(of number: E164) async throws -> CarrierNumber? {
        if let incoming = try await numberCalls.incoming(number) { return incoming.carrierNumber }
        return try await numberCalls.callerID(number)
    }

    /// Reads both lists once.
    public func holdings() async throws -> [CarrierNumber] {
        let incoming = try await numberCalls.incoming().map(\.carrierNumber)
        let all = try await incoming + numberCalls.callerIDs()
        return Dictionary(all.map { ($0.e164, $0) }) { first, _ in first }.values.sorted { $0.e164 < $1.e164 }
    }

    /// Puts the number on the trunk; Twilio then ignores its webhook and forgets its application.
    public func attach(_ number: CarrierNumber, toTrunk trunkID: String, key: String) async throws {
        try Self.requireFull(number)
        try await trunkCalls.attach(number: number.id, toTrunk: trunkID) {
            try await numberCalls.incoming(number.e164)?.route == .trunk(trunkID)
        }
    }

    /// Takes the number off the trunk; a webhook that it has takes its calls again.
    public func detach(_ number: CarrierNumber, fromTrunk trunkID: String, key: String) async throws {
        try await trunkCalls.detach(number: number.id, fromTrunk: trunkID)
    }

    /// Sets the trunk or application that the number had; with neither its webhook takes its calls again.
    public func restore(_ number: CarrierNumber, key: String) async throws {
        try Self.requireFull(number)
        switch number.route {
        case .trunk(let id): try await numberCalls.route(sid: number.id, [("TrunkSid", id)])
        case .application(let id): try await numberCalls.route(sid: number.id, [("VoiceApplicationSid", id)])
        case .webhook, .nowhere: try await numberCalls.route(sid: number.id, [("TrunkSid", "")])
        }
    }

    private static func requireFull(_ number: CarrierNumber) throws {
        guard number.kind != .fullNumber else { return }
        throw SwitchboardError(
            .invalidArgument, "\(number.e164) is a verified caller id at twilio, which takes no calls", provider: name)
    }
}
