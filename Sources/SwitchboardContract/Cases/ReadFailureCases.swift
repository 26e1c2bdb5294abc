import FoundationEssentials
import SwitchboardCore

/// What every reading call makes of answers that no repetition makes better, and of being cancelled.
enum ReadFailureCases {
    static let all = refusals.map(\.case) + [garbage, cancelled, cancelledWait]

    /// A refusal and what it means.
    private struct Refusal {
        var status: Int
        var codes: [ErrorCode]
        var shows: String

        var `case`: ContractCase {
            ContractCase("reads-\(status)", .every, shows: shows) { [self] bench in
                try await bench.eachReading(LineFault(kind: .page(status)).forEver) { reading, trial in
                    let error = try await failure(of: "\(reading.name), answered with \(status),") {
                        try await reading.call(trial)
                    }
                    try require(
                        codes.isEmpty || codes.contains(error.code),
                        "\(reading.name), answered with \(status), is \(error.code): \(error.message)")
                    try require(!error.isRetryable, "\(reading.name), answered with \(status), is called retryable")
                    try require(
                        trial.line.count == 1,
                        "\(reading.name), answered with \(status), asked \(trial.line.count) times")
                    try bench.check(error, status, of: reading)
                }
            }
        }
    }

    private static let refusals = [
        Refusal(
            status: 401, codes: [.unauthorized], shows: "an answer of 401 is unauthorized, and nobody knocks again"),
        Refusal(
            status: 403, codes: [.unauthorized, .forbidden],
            shows: "an answer of 403 is unauthorized or forbidden, and nobody knocks again"),
        Refusal(
            status: 404, codes: [],
            shows: "a page of 404 that is not the vendor's is an error, never 'nobody holds it' and never an empty list"
        ),
    ]

    private static let garbage = ContractCase(
        "reads-garbage", .every, shows: "a good status whose body makes no sense is bad_answer, never an empty answer"
    ) { bench in
        for body in ["<html>busy</html>", "", "{", "42"] {
            let answer = HTTPAnswer(
                status: 200, headers: [HTTPField("Content-Type", "application/json")], body: Array(body.utf8))
            _ = try await bench.eachReading(LineFault(kind: .refused(answer)).forEver) { reading, trial in
                let error = try await failure(of: "\(reading.name), answered with '\(body)',") {
                    try await reading.call(trial)
                }
                try require(error.code == .badAnswer, "\(reading.name), answered with '\(body)', is \(error.code)")
                try require(
                    !error.mayHaveHappened,
                    "\(reading.name) is a read, and its error says that something may have happened")
                try bench.check(error, 200, of: reading)
            }
        }
        return "\(bench.readings.count) calls, 4 bodies"
    }

    // MARK: Cancellation

    private static let cancelled = ContractCase(
        "reads-cancelled", .every, shows: "a call that is cancelled while the vendor is silent ends at once"
    ) { bench in
        try await bench.eachReading(LineFault(kind: .held(isDelivered: false))) { reading, trial in
            try await bench.cancel(reading, trial) { trial.line.heldCount > 0 }
        }
    }

    private static let cancelledWait = ContractCase(
        "reads-cancelled-wait", .every, shows: "a call that is cancelled while it waits to ask again ends at once"
    ) { bench in
        for reading in bench.readings {
            let clock = ManualClock(now: .now)
            let trial = try bench.subject.trial(LineFault(kind: .page(429, retryAfter: "20")).forEver, clock: clock)
            try await bench.cancel(reading, trial) { clock.sleeperCount > 0 }
        }
        return "\(bench.readings.count) calls"
    }
}

extension ContractBench {
    /// Has every reading call meet the fault on a provider of its own; tells how many there were.
    func eachReading(
        _ fault: LineFault, _ check: (Reading, Trial) async throws -> Void
    ) async throws -> String {
        for reading in readings { try await check(reading, try subject.trial(fault)) }
        return "\(readings.count) calls"
    }

    /// What is true of every error of a reading call; `status` is that of the answer which it tells of.
    func check(_ error: SwitchboardError, _ status: Int?, of reading: Reading) throws {
        try require(error.provider == name, "the error of \(reading.name) names the provider '\(error.provider ?? "")'")
        try require(
            !error.mayHaveHappened, "\(reading.name) is a read, and its error says that something may have happened")
        try require(
            status == nil || error.status == status,
            "the error of \(reading.name) tells the status \(error.status.map(String.init) ?? "none")")
    }

    /// Cancels the call once it hangs, and waits for its end.
    fileprivate func cancel(_ reading: Reading, _ trial: Trial, once hangs: () -> Bool) async throws {
        let task = Task { try await reading.call(trial) }
        try await Hanging.wait(for: task, until: hangs)
        let error = try await failure(of: "\(reading.name), cancelled,") { try await Hanging.cancel(task) }
        try require(error.code == .cancelled, "\(reading.name), cancelled, is \(error.code): \(error.message)")
    }
}
