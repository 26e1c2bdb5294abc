public import SwitchboardCore

extension Fault.Kind {
    /// The kinds that mean the same at every vendor and in every operation.
    public static let general: Set<Fault.Kind> = [
        .rateLimited, .serverError, .revoked, .lostAnswer, .slow, .malformed,
    ]

    /// Whether the delay is one of the answer, and not of what the fault brings about.
    fileprivate var delaysTheAnswer: Bool { self != .slowReturn }
}

extension EmulatorContext {
    /// Performs one operation under the fault that is switched on for it, if any.
    ///
    /// - Parameters:
    ///   - account: The account that it is performed for, at a vendor's emulator that has several.
    ///   - kinds: The vendor's own kinds that mean something in this operation; `effect` gets such a fault and
    ///     brings it about.
    ///   - refusal: The vendor's words for `rate_limited`, `server_error`, `revoked` and `wrong_region`.
    ///   - failure: The vendor's words when the state cannot be written.
    ///   - effect: The operation itself, with the vendor's own fault or nil.
    public func underFaults(
        operation: String, account: String? = nil, numbers: [String] = [], kinds: Set<Fault.Kind> = [],
        refusal: (Fault) -> SandboxAnswer, failure: (StoreFailure) -> SandboxAnswer,
        effect: (Fault?) -> SandboxAnswer
    ) async -> SandboxAnswer {
        let fault: Fault?
        do throws(StoreFailure) {
            fault = try faults.take(
                operation: operation, account: account, numbers: numbers, kinds: kinds.union(Fault.Kind.general))
        } catch { return failure(error) }
        guard let fault else { return effect(nil) }
        let delay = fault.kind.delaysTheAnswer ? fault.delay : 0
        if fault.when != .after { await pause(delay) }
        var answer = outcome(of: fault, refusal: refusal, effect: effect)
        if fault.when == .after { await pause(delay) }
        answer.fault = fault.kind
        return answer
    }

    private func outcome(
        of fault: Fault, refusal: (Fault) -> SandboxAnswer, effect: (Fault?) -> SandboxAnswer
    ) -> SandboxAnswer {
        switch fault.kind {
        case .rateLimited, .serverError, .revoked, .wrongRegion:
            if fault.when == .after { _ = effect(nil) }
            var answer = refusal(fault)
            answer.retryAfter = fault.retryAfter
            return answer
        case .lostAnswer:
            var answer = fault.when == .before ? SandboxAnswer(status: 200) : effect(nil)
            answer.isLost = true
            return answer
        case .malformed:
            var answer = fault.when == .before ? .json(["cut": "short"]) : effect(nil)
            answer.body.removeLast((answer.body.count + 1) / 2)
            return answer
        case .slow: return effect(nil)
        case .taken, .refusedUpdate, .endless, .halfDone, .pending, .slowReturn, .newerFields, .honorLimit:
            return effect(fault)
        }
    }

    /// Waits; ends early when the sandbox stops.
    private func pause(_ milliseconds: Int) async {
        guard milliseconds > 0 else { return }
        do { try await Task.sleep(for: .milliseconds(milliseconds)) } catch { return }
    }
}
