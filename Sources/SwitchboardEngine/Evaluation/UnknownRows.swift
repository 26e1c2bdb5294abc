import SwitchboardCore

/// Rows that a `where` has dropped because they have no value to compare, such as a price that nobody knows.
enum UnknownRows {
    /// Runs the body; a `no_match` of it says how many such rows there were.
    static func told<Result>(_ count: Int, _ body: () throws -> Result) throws -> Result {
        do { return try body() } catch var error as SwitchboardError where error.code == .noMatch && count > 0 {
            let rows = count == 1 ? "one row" : "\(count) rows"
            error.message += "; \(rows) had no value for the filter to compare"
            error.help = "== nothing asks for such rows, and ?? says what stands for the value"
            throw error
        }
    }
}
