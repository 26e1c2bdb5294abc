import SwitchboardCore
import SwitchboardEngine

/// The account's trunk for calls to the platform's SIP host.
struct SharedTrunkStep: CarrierStep {
    static let word = "trunk"
    let sipHost: String

    var about: String { "trunk" }
    var summary: String { "make the account's trunk to \(sipHost)" }

    func found(at carrier: any CarrierTrunking) async throws -> CarrierTrunk? {
        try await carrier.sharedTrunk(to: sipHost)
    }

    func take(at carrier: any CarrierTrunking, in world: EffectWorld) async throws -> CarrierTrunk {
        try await carrier.makeSharedTrunk(to: sipHost, key: world.key)
    }

    /// It is kept: once it is deleted its termination host is nobody's for weeks, and the next import finds it again.
    func undo(_ trunk: CarrierTrunk) -> CarrierUndo { .unneeded }
}

/// Where the trunk leads calls to.
struct OriginationStep: CarrierStep {
    static let word = "origination"
    let sipURI: String
    let trunkID: String

    var about: String { "origination" }
    var summary: String { "lead the calls of trunk \(trunkID) to \(sipURI)" }

    func found(at carrier: any CarrierTrunking) async throws -> OriginationURL? {
        try await carrier.originationURLs(ofTrunk: trunkID).first {
            $0.isEnabled && OriginationURL.meansSame($0.sipURI, sipURI)
        }
    }

    func take(at carrier: any CarrierTrunking, in world: EffectWorld) async throws -> OriginationURL {
        try await carrier.makeOriginationURL(sipURI, ofTrunk: trunkID, key: world.key)
    }

    func undo(_ url: OriginationURL) -> CarrierUndo { .step(OriginationRemoval(sipURI: sipURI, trunkID: trunkID)) }
}

/// The same taken away; other origination URLs of the trunk are left.
struct OriginationRemoval: CarrierStep {
    static let word = "origination-removal"
    let sipURI: String
    let trunkID: String

    var about: String { "origination" }
    var summary: String { "lead the calls of trunk \(trunkID) to \(sipURI) no more" }
    var isOfAll: Bool { true }

    func found(at carrier: any CarrierTrunking) async throws -> Bool? {
        try await alike(at: carrier).isEmpty ? true : nil
    }

    func take(at carrier: any CarrierTrunking, in world: EffectWorld) async throws -> Bool {
        for url in try await alike(at: carrier) {
            try await carrier.deleteOriginationURL(url.id, ofTrunk: trunkID, key: "\(world.key)/\(url.id)")
        }
        return true
    }

    private func alike(at carrier: any CarrierTrunking) async throws -> [OriginationURL] {
        try await carrier.originationURLs(ofTrunk: trunkID).filter { OriginationURL.meansSame($0.sipURI, sipURI) }
    }

    func undo(_ isGone: Bool) -> CarrierUndo { .step(OriginationStep(sipURI: sipURI, trunkID: trunkID)) }
}
