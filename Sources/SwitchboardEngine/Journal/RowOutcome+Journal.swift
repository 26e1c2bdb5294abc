import FoundationEssentials
import SwitchboardCore

extension RowOutcome {
    /// The outcome as the journal has it; nil where it cannot have the value.
    var json: JSON? {
        guard let value = JournaledValue.json(value) else { return nil }
        var members: [JSON.Member] = [
            .init("result", .string(result.rawValue)), .init("value", value), .init("done", .strings(done)),
            .init("attempts", .integer(attempts)), .init("ms", .integer(milliseconds)),
            .init("changes", .integer(changes)),
        ]
        if let undone { members.append(.init("undone", .string(undone))) }
        if let error, let json = try? JSON(reading: Array(JSONEncoder().encode(error))) {
            members.append(.init("error", json))
        }
        return .object(members)
    }

    /// Reads what `json` has written.
    init(_ json: JSON) throws {
        guard let result = json["result"]?.text.flatMap(Result.init) else {
            throw SwitchboardError(.internal, "the journal has a row whose result cannot be read")
        }
        self.result = result
        value = try JournaledValue.value(json["value"] ?? .null)
        done = json["done"]?.elements?.compactMap(\.text) ?? []
        undone = json["undone"]?.text
        attempts = json["attempts"]?.integer ?? 1
        milliseconds = json["ms"]?.integer ?? 0
        changes = json["changes"]?.integer ?? 0
        if let error = json["error"] {
            self.error = try JSONDecoder().decode(SwitchboardError.self, from: Data(error.bytes()))
        }
    }
}
