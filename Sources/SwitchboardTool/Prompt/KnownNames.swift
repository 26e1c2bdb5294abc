import Switchboard

/// What earlier statements have named: names are bound once, but `$_`, the last value that was shown, and `$_error`,
/// the last error, which stand for another thing after each statement that shows or fails.
struct KnownNames: Sendable {
    private var bound: [Engine.Binding] = []
    /// The last value that was shown.
    private(set) var value: Engine.Binding?
    /// The same as it was shown, and how much of it was seen.
    var shown: ShownResult?
    private var error: Engine.Binding?
    /// The texts of defs and uses.
    private(set) var definitions: [String] = []

    /// All names, for the next statement.
    var all: [Engine.Binding] { bound + [value, error].compactMap(\.self) }

    /// Takes what a statement has named, and the value that it showed last; returns the names that were bound meanwhile,
    /// which keep their values.
    @discardableResult
    mutating func take(_ report: RunReport, showing shown: ShownResult?) -> [String] {
        if let shown {
            self.shown = shown
            value = Engine.Binding(name: "_", value: shown.value, type: report.shown ?? .any)
        }
        if let failure = report.errorValue {
            error = Engine.Binding(name: "_error", value: failure, type: .record(.error))
        }
        definitions += report.definitions
        let names = Set(bound.map(\.name))
        bound += report.bindings.filter { !names.contains($0.name) }
        return report.bindings.map(\.name).filter(names.contains)
    }
}
