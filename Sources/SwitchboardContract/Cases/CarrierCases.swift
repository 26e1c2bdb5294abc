import SwitchboardCore

/// A carrier whose accounts' own numbers are led to a SIP host.
enum CarrierCases {
    static let all = [holdings, strangers, callerID, passwordHidden] + CarrierSteps.all + [listInUse]

    private static let holdings = ContractCase(
        "carrier-holdings", .carrierTrunks,
        shows: "the holdings are in ascending order, each number once, and each is found by itself"
    ) { bench in
        let carrier = try bench.subject.trial().carrier
        let all = try await carrier.holdings()
        for (one, next) in zip(all, all.dropFirst()) {
            try require(one.e164 < next.e164, "\(next.e164) comes behind \(one.e164)")
        }
        for one in [all.first, all.last].compactMap(\.self) {
            try require(try await carrier.holding(of: one.e164) == one, "\(one.e164) is told otherwise by itself")
        }
        let missing = Set(bench.subject.holds).subtracting(all.map(\.e164)).count
        try require(missing == 0, "\(missing) of \(bench.subject.holds.count) numbers are missing")
        return "\(all.count) numbers"
    }

    private static let strangers = ContractCase(
        "carrier-nobody", .carrierTrunks, shows: "what the account does not have is nil, not an error"
    ) { bench in
        let carrier = try bench.subject.trial().carrier
        let number = try bench.nobody()
        try require(try await carrier.holding(of: number) == nil, "the account holds \(number)")
        try require(try await carrier.sharedTrunk(to: bench.host()) == nil, "it has a trunk that nobody has made")
        try require(
            try await carrier.credentialList(named: bench.key("list")) == nil, "it has a list that nobody has made")
        try require(!carrier.accountID.isEmpty, "it has no account id")
        return carrier.accountID
    }

    private static let callerID = ContractCase(
        "carrier-caller-id", .carrierTrunks,
        shows: "a verified caller id is led nowhere, and the carrier is not asked to"
    ) { bench in
        let trial = try bench.subject.trial(LineFault(kind: .noConnection).forEver)
        let number = CarrierNumber(id: "unknown", e164: try bench.nobody(), kind: .verifiedCallerID)
        let error = try await failure(of: "attaching a verified caller id") {
            try await trial.carrier.attach(number, toTrunk: "unknown", key: bench.key("attach"))
        }
        try require(error.code == .invalidArgument, "it is \(error.code): \(error.message)")
        return error.message
    }

    private static let passwordHidden = ContractCase(
        "carrier-password", .carrierTrunks, .sandbox,
        shows: "no error and no line of the request log shows the password of a credential, should an answer repeat it"
    ) { bench in
        let rig = try await Rig(bench).listing(bench)
        for status in [400, 409, 500] {
            let subject = bench.subject.over(
                EchoingTransport(bench.subject.transport, password: password, status: status))
            let trial = try subject.trial(.none)
            let error = try await failure(of: "setting a password, answered with \(status),") {
                try await trial.carrier.setCredential(
                    "contract", password: Secret(password), inList: rig.list.id, key: bench.key("password"))
            }
            let shown = (error.texts + trial.log.all).contains { $0.contains(password) }
            try require(!shown, "answered with \(status), it shows the password")
        }
        return "3 errors and their logs"
    }

    /// Refuses requests that send the password, in an answer that repeats it.
    private struct EchoingTransport: HTTPTransport {
        let next: any HTTPTransport
        let password: String
        let status: Int

        init(_ next: any HTTPTransport, password: String, status: Int) {
            (self.next, self.password, self.status) = (next, password, status)
        }

        func send(_ request: HTTPRequest) async throws -> HTTPAnswer {
            guard String(decoding: request.body, as: UTF8.self).contains(password) else {
                return try await next.send(request)
            }
            return .echo(status, "no: \(password)")
        }
    }

    static let password = "Qz7harbour4Lamp2x"

    private static let listInUse = ContractCase(
        "carrier-list-in-use", .carrierTrunks, .sandbox, shows: "a credential list that a trunk uses is not deleted"
    ) { bench in
        let rig = try await Rig(bench).attached(bench)
        let carrier = try bench.subject.trial().carrier
        let error = try await failure(of: "deleting a list in use") {
            try await carrier.deleteCredentialList(rig.list.id, key: bench.key("delete"))
        }
        try require(error.code == .conflict, "it is \(error.code): \(error.message)")
        try require(
            try await carrier.isCredentialList(rig.list.id, attachedToTrunk: rig.trunk.id),
            "the trunk has lost the list")
        return error.message
    }
}
