import FoundationEssentials
public import SwitchboardCore
public import SwitchboardStore

/// What the journal tells of a row.
extension StepRecord {
    /// Why the row has failed; nil where it has not, and of a step that is no row.
    public var failure: SwitchboardError? {
        get throws {
            guard state == .failed, let error = try json["error"] else { return nil }
            return try JSONDecoder().decode(SwitchboardError.self, from: Data(error.bytes()))
        }
    }

    /// What the row is called: its key or its number, else its place in the list.
    public var rowName: String {
        let own = key.split(separator: "/").last ?? ""
        guard let start = own.firstIndex(of: "["), own.last == "]" else { return title }
        return String(own[own.index(after: start)...].dropLast()).replacing("%2F", with: "/")
    }
}
