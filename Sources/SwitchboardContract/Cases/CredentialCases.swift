import SwitchboardCore

/// Whether the account lets the provider in, and what is said where it does not.
enum CredentialCases {
    static let all = [
        ContractCase("credentials-good", .every, shows: "trying the account's credentials asks the vendor and succeeds")
        {
            bench in
            let trial = try bench.subject.trial()
            try await trial.provider.tryCredentials()
            try require(trial.line.count > 0, "the vendor was not asked")
            return "\(trial.line.count) requests"
        },
        ContractCase("credentials-wrong", .every, shows: "wrong secrets are found out, by the code unauthorized") {
            bench in
            guard bench.manifest.settings.contains(where: \.isSecret) else {
                throw ContractSkip("it has no secret setting")
            }
            let settings = Marked.settings(bench.subject.settings, of: bench.manifest)
            let trial = try bench.subject.trial(.none, settings: settings)
            let error = try await failure(of: "trying wrong secrets") { try await trial.provider.tryCredentials() }
            try require(error.code == .unauthorized, "wrong secrets are \(error.code): \(error.message)")
            return error.message
        },
        ContractCase(
            "secrets-hidden", .every,
            shows: "no error and no line of the request log shows a secret, whatever an answer says"
        ) { bench in
            var looked = 0
            for reading in bench.readings {
                for status in [400, 401, 403, 404, 409, 422, 429, 500] {
                    looked += try await look(at: status, reading, bench)
                }
            }
            return "\(looked) errors and their logs"
        },
    ]

    private static func look(at status: Int, _ reading: Reading, _ bench: ContractBench) async throws -> Int {
        let settings = Marked.settings(bench.subject.settings, of: bench.manifest)
        // The first request tells which credentials are sent; the second is answered with them.
        let first = try bench.subject.trial(LineFault(kind: .page(400)).forEver, settings: settings)
        _ = try? await reading.call(first)
        let words = Marked.words(settings, bench.manifest, first.line)
        let trial = try bench.subject.trial(
            LineFault(kind: .refused(.echo(status, "no: " + words.joined(separator: " ")))).forEver, settings: settings)
        let error = try await failure(of: "\(reading.name), answered with \(status),") {
            try await reading.call(trial)
        }
        for word in words + Marked.words(settings, bench.manifest, trial.line) {
            try require(!error.texts.contains { $0.contains(word) }, "the error of \(reading.name) shows a secret")
            try require(!trial.log.all.contains { $0.contains(word) }, "the log of \(reading.name) shows a secret")
        }
        return 1
    }
}

extension HTTPAnswer {
    /// An answer that says so, by every name that vendors have for what they say.
    static func echo(_ status: Int, _ words: String) -> HTTPAnswer {
        let names = ["message", "msg", "detail", "title", "error", "description", "reason", "error_description"]
        let json = JSON.object(names.map { .init($0, .string(words)) } + [.init("status", .integer(status))])
        return HTTPAnswer(
            status: status, headers: [HTTPField("Content-Type", "application/json")], body: json.bytes())
    }
}
