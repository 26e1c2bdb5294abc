import SwitchboardCore

/// A change that a provider makes, with the read beside it that tells whether it took place.
///
/// Every fault is tried at every request that the change sends; what it is and how many requests it takes is the
/// provider's business.
struct ContractChange<Thing: Sendable>: Sendable {
    /// What the names of its cases begin with.
    let name: String
    let ability: ContractAbility
    /// Arranges what is to be changed, and has the bench put it away.
    let arrange: @Sendable (ContractBench) async throws -> Thing
    /// Makes the change.
    let perform: @Sendable (Trial, Thing, _ key: String) async throws -> Void
    /// Reads whether it is so; throws a finding where it is so more than once.
    let isDone: @Sendable (Trial, Thing) async throws -> Bool
    /// What the change may be refused with once it is done.
    var mayRefuse: Set<ErrorCode> = []
    /// Whether whoever asks for the change takes such a refusal for success.
    var refusalIsSuccess = false
    /// Whether a vendor that is asked twice may do it twice, so that nobody asks again without having looked.
    var isRisky = false

    /// Its cases.
    var cases: [ContractCase] { [twice] + ChangeFault.all.map(`case`) }

    private var twice: ContractCase {
        ContractCase(
            "\(name)-twice", ability, .sandbox, shows: "the change takes place, and once more it changes nothing"
        ) {
            bench in
            let (thing, key) = (try await arrange(bench), bench.key(name))
            try require(try await !isDone(bench.subject.trial(), thing), "it is so before it is changed")
            try await perform(bench.subject.trial(), thing, key)
            try require(try await isDone(bench.subject.trial(), thing), "it is not so after it is changed")
            try await again(thing, key, bench)
            try await again(thing, bench.key(name), bench)
            return "done once"
        }
    }

    private func `case`(_ fault: ChangeFault) -> ContractCase {
        ContractCase("\(name)-\(fault.name)", ability, .sandbox, shows: fault.shows) { bench in
            let steps = try await steps(bench)
            for kind in fault.kinds {
                for step in 0..<steps {
                    let line = LineFault(kind: kind, request: step, lasts: fault.lasts)
                    do { try await meet(line, fault, bench) } catch let finding as ContractFinding {
                        throw ContractFinding("with \(kind.words) at request \(step + 1) of \(steps): \(finding.text)")
                    }
                }
            }
            return "\(fault.kinds.count) faults at each of \(steps) requests"
        }
    }

    /// How many requests the change takes when nothing goes wrong.
    private func steps(_ bench: ContractBench) async throws -> Int {
        let (thing, trial) = (try await arrange(bench), try bench.subject.trial())
        try await perform(trial, thing, bench.key(name))
        try require(trial.line.count > 0, "it asks nobody")
        return min(trial.line.count, 20)
    }

    private func meet(_ line: LineFault, _ fault: ChangeFault, _ bench: ContractBench) async throws {
        let (thing, key) = (try await arrange(bench), bench.key(name))
        let trial = try bench.subject.trial(line)
        let outcome = try await outcome(of: fault, trial, thing, key)
        let question = try bench.subject.trial()
        let isDone = try await isDone(question, thing)
        try judge(outcome, isDone: isDone)
        try fault.demand(outcome, trial, line)
        if isRisky { try trial.line.requireNoBlindRepetition(bench.manifest.idempotency, reads: question.line) }
        try await again(thing, key, bench)
    }

    private func outcome(
        of fault: ChangeFault, _ trial: Trial, _ thing: Thing, _ key: String
    ) async throws -> SwitchboardError? {
        let task = Task { try await perform(trial, thing, key) }
        do {
            guard fault.isHeld else {
                try await withTaskCancellationHandler {
                    try await task.value
                } onCancel: {
                    task.cancel()
                }
                return nil
            }
            try await Hanging.wait(for: task) { trial.line.heldCount > 0 }
            try await Hanging.cancel(task)
            return nil
        } catch let error as SwitchboardError { return error } catch let finding as ContractFinding {
            throw finding
        } catch {
            throw ContractFinding("it threw \(error), which is no SwitchboardError")
        }
    }

    /// An outcome must never be told otherwise than it is; it may be left open.
    private func judge(_ error: SwitchboardError?, isDone: Bool) throws {
        guard let error else { return try require(isDone, "it was told to be done, and is not") }
        let isTakenForDone = error.mayHaveHappened || refusalIsSuccess && mayRefuse.contains(error.code)
        try require(!isDone || isTakenForDone, "it took place, and the error \(error.code) says that it did not")
    }

    /// Makes the change once more, of which nobody knew whether it took place: afterwards it has, once.
    private func again(_ thing: Thing, _ key: String, _ bench: ContractBench) async throws {
        do { try await perform(bench.subject.trial(), thing, key) } catch let error as SwitchboardError {
            try require(mayRefuse.contains(error.code), "asked for once more, it is \(error.code): \(error.message)")
        }
        try require(try await isDone(bench.subject.trial(), thing), "asked for once more, it is not so afterwards")
    }
}

extension Line {
    /// Finds requests that were sent again, with an open outcome, before anything else was asked.
    ///
    /// Requests of kinds that `reads` has as well change nothing, and those that the vendor recognises may be repeated.
    func requireNoBlindRepetition(_ idempotency: Idempotency, reads: Line) throws {
        let reading = Set(reads.passed.map(\.request.kind))
        for (one, next) in zip(passed, passed.dropFirst()) where one.isOpen {
            guard one.request.isSame(as: next.request), !reading.contains(one.request.kind) else { continue }
            if ["GET", "HEAD"].contains(one.request.method) { continue }
            switch idempotency {
            case .naturalKey: continue
            case .header(let name):
                let values = [one, next].map { passed in passed.request.headers.first { $0.name == name }?.value }
                if let value = values[0], !value.isEmpty, values[1] == value { continue }
            case .none: break
            }
            throw ContractFinding("after an open outcome it sent \(one.request.kind) again without having looked")
        }
    }
}

extension HTTPRequest {
    /// The method and the path.
    fileprivate var kind: String { "\(method) \(url.prefix { $0 != "?" })" }

    fileprivate func isSame(as other: HTTPRequest) -> Bool {
        method == other.method && url == other.url && body == other.body
    }
}
