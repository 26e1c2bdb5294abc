import Dispatch

/// Runs the body on a thread that may block, as a host of the engine has to, and waits for it without blocking.
func onOwnThread<Result: Sendable>(_ body: @escaping @Sendable () -> Result) async -> Result {
    await withCheckedContinuation { done in
        DispatchQueue(label: "host").async { done.resume(returning: body()) }
    }
}
