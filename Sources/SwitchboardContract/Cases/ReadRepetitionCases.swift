import SwitchboardCore

/// What every reading call makes of faults that pass, and of those that last.
enum ReadRepetitionCases {
    static let all = passing.map(\.case) + lasting.map(\.case) + [longWait]

    // MARK: Faults that pass

    private struct Passing {
        var name: String
        var kind: LineFault.Kind
        var wait = Duration.zero
        var shows: String

        var `case`: ContractCase {
            ContractCase(name, .every, shows: shows) { [self] bench in
                try await bench.eachReading(LineFault(kind: kind)) { reading, trial in
                    do { try await reading.call(trial) } catch {
                        throw ContractFinding("\(reading.name) gave up: \(SwitchboardError(wrapping: error))")
                    }
                    try require(trial.line.count > 1, "\(reading.name) took the fault for an answer")
                    try require(trial.waited > .zero, "\(reading.name) asked again without a pause")
                    try require(trial.waited >= wait, "\(reading.name) waited \(trial.waited), asked for \(wait)")
                    try require(trial.waited < wait + .seconds(30), "\(reading.name) waited \(trial.waited)")
                }
            }
        }
    }

    private static let passing = [
        Passing(
            name: "reads-429", kind: .page(429), shows: "one 429 is waited out and the call succeeds"),
        Passing(
            name: "reads-429-after", kind: .page(429, retryAfter: "7"), wait: .seconds(7),
            shows: "a 429 with Retry-After is waited out for as long as it says"),
        Passing(name: "reads-503", kind: .page(503), shows: "one 503 is repeated and the call succeeds"),
        Passing(
            name: "reads-lost", kind: .lost(isDelivered: false, timedOut: false),
            shows: "one lost connection is repeated and the call succeeds"),
        Passing(
            name: "reads-timeout", kind: .lost(isDelivered: true, timedOut: true),
            shows: "one time-out is repeated and the call succeeds"),
    ]

    // MARK: Faults that last

    private struct Lasting {
        var name: String
        var kind: LineFault.Kind
        var code: ErrorCode
        var shows: String

        var `case`: ContractCase {
            ContractCase(name, .every, shows: shows) { [self] bench in
                try await bench.eachReading(LineFault(kind: kind).forEver) { reading, trial in
                    let error = try await failure(of: "\(reading.name) under a lasting fault") {
                        try await reading.call(trial)
                    }
                    try require(error.code == code, "\(reading.name) is \(error.code): \(error.message)")
                    try require(error.isRetryable, "\(reading.name) is not called retryable")
                    try require((2...10).contains(trial.line.count), "\(reading.name) asked \(trial.line.count) times")
                    try require(
                        error.attempts == trial.line.count,
                        "it counts \(error.attempts) attempts of \(trial.line.count)")
                    try bench.check(error, nil, of: reading)
                }
            }
        }
    }

    private static let lasting = [
        Lasting(
            name: "reads-429-lasting", kind: .page(429), code: .rateLimited,
            shows: "a vendor that goes on asking to slow down is rate_limited, after a few attempts"),
        Lasting(
            name: "reads-503-lasting", kind: .page(503), code: .unreachable,
            shows: "a server that goes on failing is unreachable, after a few attempts"),
        Lasting(
            name: "reads-lost-lasting", kind: .lost(isDelivered: false, timedOut: true), code: .unreachable,
            shows: "a vendor that never answers is unreachable, after a few attempts"),
        Lasting(
            name: "reads-no-connection", kind: .noConnection, code: .unreachable,
            shows: "a vendor that nobody can connect to is unreachable, after a few attempts"),
    ]

    private static let longWait = ContractCase(
        "reads-429-long", .every, shows: "a 429 that asks for an hour is an error at once, not an hour's wait"
    ) { bench in
        try await bench.eachReading(LineFault(kind: .page(429, retryAfter: "3600")).forEver) { reading, trial in
            let error = try await failure(of: "\(reading.name), asked to wait an hour,") {
                try await reading.call(trial)
            }
            try require(error.code == .rateLimited, "\(reading.name) is \(error.code): \(error.message)")
            try require(trial.waited < .seconds(300), "\(reading.name) waited \(trial.waited)")
        }
    }
}
