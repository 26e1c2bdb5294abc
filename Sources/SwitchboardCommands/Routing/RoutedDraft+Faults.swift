import SwitchboardCore
import SwitchboardEngine
import SwitchboardLanguage

extension KnownCall {
    /// What is wrong with the trunk or rule that a call describes, as far as the script tells.
    func faults<Thing>(in draft: ([String: Value]) throws -> RoutedDraft<Thing>) -> [Diagnostic] {
        guard isWhole else { return fileFaults(in: draft) }
        if let file = text("file"), written.contains(file) { return [] }
        do {
            let thing = try draft(arguments).thing
            return thing.faults(catchAll: arguments["catch-all"] == .bool(true)).map {
                fault(.refusedArguments, $0.message, at: Self.argument(of: $0.field, thing), help: $0.help)
            }
        } catch { return [refusal(error)] }
    }

    /// What is wrong with the file that a call names; it is read even where the rest is not known.
    func fileFaults<Thing>(in draft: ([String: Value]) throws -> RoutedDraft<Thing>) -> [Diagnostic] {
        guard let file = text("file"), !written.contains(file) else { return [] }
        do {
            _ = try draft(arguments.filter { ["file", "direction"].contains($0.key) })
            return []
        } catch { return [refusal(error)] }
    }

    private func refusal(_ error: any Error) -> Diagnostic {
        let failure = SwitchboardError(wrapping: error)
        return fault(.refusedArguments, failure.message, at: text("file") == nil ? nil : "file", help: failure.help)
    }

    /// The argument that sets a field.
    private static func argument(of field: String?, _ thing: some Routed) -> String? {
        RoutingFlag.all(of: thing.document.schema).first { $0.path == field }?.name
    }
}

extension CallNode {
    /// The fault of a call that changes nothing.
    func faultOfNoChange(besides names: Set<String>) -> TypeFault? {
        guard let bound, bound.isSubset(of: names) else { return nil }
        return TypeFault("'\(command)' is told nothing to change", help: "help \(command) shows what it takes")
    }
}
