import SwitchboardCore

/// Where a provider breaks the contract.
struct ContractFinding: Error {
    /// What was seen, in one sentence without a period.
    var text: String

    init(_ text: String) { self.text = text }
}

/// Why a case cannot tell anything here, such as a search that finds no number to buy.
struct ContractSkip: Error {
    var reason: String

    init(_ reason: String) { self.reason = reason }
}

/// Throws the finding unless the condition holds.
func require(_ condition: Bool, _ finding: @autoclosure () -> String) throws {
    if !condition { throw ContractFinding(finding()) }
}

/// Returns the value; throws the finding where there is none.
func require<Value>(_ value: Value?, _ finding: @autoclosure () -> String) throws -> Value {
    guard let value else { throw ContractFinding(finding()) }
    return value
}

/// The error that a call has to throw; a finding where it returns or throws one of another type.
func failure<Answer>(of what: String, _ call: () async throws -> Answer) async throws -> SwitchboardError {
    do { _ = try await call() } catch let error as SwitchboardError { return error } catch {
        throw ContractFinding("\(what) threw \(error), which is no SwitchboardError")
    }
    throw ContractFinding("\(what) succeeded")
}
