import SwitchboardCore

/// Calls that hang until they are cancelled.
enum Hanging {
    /// How long a cancelled call may take to end.
    static let patience = Duration.seconds(5)

    /// Waits until the condition holds; a finding where it does not within a while.
    static func wait<Answer>(for task: Task<Answer, any Error>, until hangs: () -> Bool) async throws {
        for _ in 0..<5000 {
            if hangs() { return }
            try await Task.sleep(for: .milliseconds(2))
        }
        task.cancel()
        throw ContractFinding("it did not wait where it has to")
    }

    /// Cancels the call and returns what it ends with; a finding where it goes on.
    static func cancel<Answer: Sendable>(_ task: Task<Answer, any Error>) async throws -> Answer {
        task.cancel()
        return try await TimeLimit.first(of: task, patience)
    }
}
