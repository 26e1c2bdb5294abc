import SwitchboardCore

/// What the steps at a carrier are tried on: a trunk of the case's own, and what it needs beside it.
struct Rig: Sendable {
    let host: String
    let trunk: CarrierTrunk
    /// Where the trunk leads calls to.
    var uri: String { "sip:\(host);transport=tcp" }
    var originationID = ""
    var list = CredentialList(id: "", name: "")
    /// A number as it was before anything was done with it.
    var number: CarrierNumber

    /// Makes the trunk, for a host that no trunk leads to yet.
    init(_ bench: ContractBench) async throws {
        host = bench.host()
        bench.deleteTrunkLater(to: host)
        trunk = try await bench.subject.trial().carrier.makeSharedTrunk(to: host, key: bench.key("trunk"))
        number = CarrierNumber(id: "", e164: try bench.nobody(), kind: .fullNumber)
    }

    /// With the origination URL.
    func leading(_ bench: ContractBench) async throws -> Rig {
        var rig = self
        let carrier = try bench.subject.trial().carrier
        rig.originationID = try await carrier.makeOriginationURL(uri, ofTrunk: trunk.id, key: bench.key("url")).id
        return rig
    }

    /// With a credential list, which no trunk uses.
    func listing(_ bench: ContractBench) async throws -> Rig {
        var rig = self
        let name = bench.key("list")
        bench.deleteListLater(named: name)
        let made = try await bench.subject.trial().carrier.makeCredentialList(named: name, key: bench.key("list"))
        bench.later("the list of \(trunk.id)") { [subject = bench.subject] in
            try await subject.trial().carrier.detachCredentialList(
                made.id, fromTrunk: trunk.id, key: "contract-\(made.id)")
        }
        rig.list = made
        return rig
    }

    /// With a credential list, which the trunk uses.
    func attached(_ bench: ContractBench) async throws -> Rig {
        let rig = try await listing(bench)
        try await bench.subject.trial().carrier.attachCredentialList(
            rig.list.id, toTrunk: trunk.id, key: bench.key("attach"))
        return rig
    }

    /// With a number of the account's, which is on no trunk.
    func holding(_ bench: ContractBench) async throws -> Rig {
        var rig = self
        let owned = try await bench.boughtNumber().e164
        let found = try await bench.subject.trial().carrier.holding(of: owned)
        rig.number = try require(found, "the account does not hold \(owned), just bought")
        return rig
    }

    /// With a number on the trunk.
    func carrying(_ bench: ContractBench) async throws -> Rig {
        let rig = try await holding(bench)
        try await bench.subject.trial().carrier.attach(rig.number, toTrunk: trunk.id, key: bench.key("attach"))
        return rig
    }

    /// Whether the number's calls go into the trunk; number and trunk have to agree.
    func isAttached(_ trial: Trial) async throws -> Bool {
        let route = try await trial.carrier.holding(of: number.e164)?.route
        let numbers = try await trial.carrier.numbers(ofTrunk: trunk.id)
        try require((route == .trunk(trunk.id)) == numbers.contains(number.e164), "number and trunk tell two stories")
        return route == .trunk(trunk.id)
    }
}

extension Trial {
    var carrier: any CarrierTrunking { get throws { try able((any CarrierTrunking).self) } }
}

extension ContractBench {
    /// A SIP host of this bench alone.
    func host() -> String { "\(key("host")).sip.example.com" }

    func deleteTrunkLater(to host: String) {
        later("the trunk to \(host)") { [subject] in
            let carrier = try subject.trial().carrier
            guard let trunk = try await carrier.sharedTrunk(to: host) else { return }
            try await carrier.deleteTrunk(trunk.id, key: "contract-delete-\(trunk.id)")
        }
    }

    func deleteListLater(named name: String) {
        later("the credential list \(name)") { [subject] in
            let carrier = try subject.trial().carrier
            guard let list = try await carrier.credentialList(named: name) else { return }
            try await carrier.deleteCredentialList(list.id, key: "contract-delete-\(list.id)")
        }
    }
}
