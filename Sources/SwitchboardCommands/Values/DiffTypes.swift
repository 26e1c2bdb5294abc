import SwitchboardLanguage

/// What the check knows of a `diff`: whether the rows have the key, and whether their fields compare.
enum DiffTypes {
    static let help = "give the columns of a file their types: read FILE --columns {e164: phone}"

    static func result(_ call: CallTypes) throws(TypeFault) -> ValueType {
        let (want, have) = (try row("want", call), try row("have", call))
        let key = try key(call, of: want).joined(with: try key(call, of: have))
        try compare(want, have)
        return .list(
            .record(
                RecordType(fields: [
                    .init("change", .choice(["missing", "extra", "changed"]), "what is so"),
                    .init("key", key, "which row"),
                    .init("field", .optional(.string), "the field that differs, of a changed row"),
                    .init("want", .any, "what it ought to be"), .init("have", .any, "what it is"),
                ])))
    }

    private static func row(_ parameter: String, _ call: CallTypes) throws(TypeFault) -> ValueType {
        let type = call.types[parameter] ?? .any
        if type == .any { return .any }
        guard let row = type.element, row == .any || row.record != nil else {
            throw TypeFault(
                "a list of records is wanted here, and this is \(type.withArticle)", at: parameter, as: .wrongType)
        }
        return row
    }

    private static func key(_ call: CallTypes, of row: ValueType) throws(TypeFault) -> ValueType {
        guard let path = call.fieldPaths["by"]?.first, let step = path.steps.first, let record = row.record else {
            return .any
        }
        guard record.isOpen || record.type(of: step.name) != nil else {
            throw TypeFault(
                "no field '\(step.name)' on \(row == .record(record) ? record.name ?? "this record" : "\(row)")",
                help: NearName.help(for: step.name, among: record.fields.map(\.name)), at: "by", as: .unknownField)
        }
        return row.at(path)
    }

    /// Every field that is wanted is there and can be equal to what is there.
    private static func compare(_ want: ValueType, _ have: ValueType) throws(TypeFault) {
        guard let want = want.record, let have = have.record else { return }
        for field in want.fields {
            guard let other = have.type(of: field.name) else {
                if have.isOpen { continue }
                throw TypeFault(
                    "WANT has a field '\(field.name)' that HAVE has not",
                    help: NearName.help(for: field.name, among: have.fields.map(\.name))
                        ?? "leave it out with select", at: "want", as: .unknownField)
            }
            guard field.type.isComparable(with: other) else {
                throw TypeFault(
                    "'.\(field.name)' is \(field.type.withArticle) in WANT and \(other.withArticle) in HAVE",
                    help: help, at: "want",
                    as: .notComparable)
            }
        }
    }
}
