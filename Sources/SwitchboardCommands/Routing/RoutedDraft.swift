import SwitchboardCore
import SwitchboardEngine
import SwitchboardLanguage

/// A trunk or a dispatch rule as a call describes it: by a file, by flags, or by both.
struct RoutedDraft<Thing: Routed> {
    /// What is wanted.
    var thing: Thing
    /// What the user is told of how it was understood.
    var remarks: [String] = []
    /// The id that the file gives; the platform gives ids, so a draft has none.
    private(set) var fileID = ""

    /// A draft of what is there already.
    init(of thing: Thing) { self.thing = thing }

    /// A draft of what a file holds, with its numbers as the platform compares them.
    init(_ thing: Thing, from file: RoutingFile?) throws {
        self.init(of: thing.normalized())
        fileID = thing.id
        for field in thing.document.schema.fields {
            if field.change == .readOnly { try self.thing.document.set(field.name, nil) }
            if field.kind == .texts {
                note(thing.document.texts(field.name), self.thing.document.texts(field.name))
            }
        }
        remarks.insert(contentsOf: [file?.remark].compactMap { $0 }, at: 0)
    }

    /// Leaves out the id that a file gives to what is to be made.
    mutating func leaveOutID() {
        if !fileID.isEmpty { remarks.append("the file's id \(fileID) is left out: a new one is made") }
    }

    /// Throws where a file is about another than the one that is to be replaced.
    func requireID(_ id: String) throws {
        guard fileID.isEmpty || fileID == id else {
            throw SwitchboardError(
                .invalidArgument, "the file is about \(fileID), and \(id) is to be replaced",
                help: "take the id out of the file, or replace \(fileID)")
        }
    }

    /// Sets the fields that the flags give, in the form in which the platform compares them; other fields stay as they
    /// are spelt.
    mutating func take(_ arguments: [String: Value]) throws {
        var arguments = arguments
        for flag in RoutingFlag.all(of: thing.document.schema) {
            for name in [flag.name, flag.adding] {
                if let value = arguments[name] { arguments[name] = try normalized(value, flag) }
            }
            guard let removed = arguments[flag.removing].map(RoutingValue.texts) else { continue }
            arguments[flag.removing] = .list(try present(removed, flag).map { .string($0) })
        }
        try thing.document.take(arguments)
    }

    private mutating func normalized(_ value: Value, _ flag: RoutingFlag) throws -> Value {
        let given = RoutingValue.texts(value)
        switch flag.field.kind {
        case .text: return .string(try normalized(given, flag).joined())
        case .texts:
            let kept = try normalized(given, flag)
            note(given, kept)
            return .list(kept.map { .string($0) })
        default: return value
        }
    }

    /// The texts as they are in a document that has them alone.
    private func normalized(_ texts: [String], _ flag: RoutingFlag) throws -> [String] {
        var document = RoutingDocument(thing.document.schema)
        try document.set(flag.path, flag.field.kind == .text ? .string(texts.joined()) : .strings(texts))
        let normal = Thing(document).normalized().document
        return flag.field.kind == .text ? [normal.text(flag.path)] : normal.texts(flag.path)
    }

    /// The texts of the list that are meant, in the spelling that it has.
    private func present(_ texts: [String], _ flag: RoutingFlag) throws -> [String] {
        let wanted = Set(try normalized(texts, flag) + texts)
        return try thing.document.texts(flag.path).filter {
            try !wanted.isDisjoint(with: normalized([$0], flag) + [$0])
        }
    }

    private mutating func note(_ given: [String], _ kept: [String]) {
        for (given, kept) in zip(given, kept) where given != kept { remarks.append("\(given) is written \(kept)") }
    }

    // MARK: Checking

    /// Tells how the call was understood, and throws what is wrong, all of it in one error; what was wrong before the
    /// change already is nobody's business here.
    func check(_ call: CommandCall, since old: Thing? = nil) throws {
        for remark in remarks { call.run.note(remark) }
        let isWanted = call.isSet("catch-all")
        let before = old?.faults(catchAll: isWanted) ?? []
        let faults = thing.faults(catchAll: isWanted).filter { !before.contains($0) }
        guard var error = faults.first?.error else { return }
        error.message = faults.map(\.message).joined(separator: "; ")
        for fault in faults { if let field = fault.field { error.fields[field] = fault.message } }
        throw error
    }
}
