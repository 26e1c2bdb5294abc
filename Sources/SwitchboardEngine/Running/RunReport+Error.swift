import SwitchboardCore
import SwitchboardLanguage

extension RunReport {
    /// What went wrong as the record `error` that `catch` names; nil where nothing did.
    ///
    /// A fault of the check has its own code, such as `C012`.
    public var errorValue: Value? {
        let place = diagnostics.first.map { source.place(of: $0.span) } ?? ""
        if let error { return Value(error, at: place) }
        return diagnostics.first.map { fault in
            Value(SwitchboardError(ErrorCode(rawValue: fault.code), fault.message, help: fault.help), at: place)
        }
    }
}
