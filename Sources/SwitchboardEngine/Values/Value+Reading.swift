import FoundationEssentials
import SwitchboardCore
public import SwitchboardLanguage

extension Value {
    /// Reads a text as a type; the text of a literal and the cell of a file are read alike.
    ///
    /// Throws `invalid_argument` with what is wanted.
    public static func read(_ text: String, as type: ValueType) throws -> Value {
        switch type {
        case .any, .string, .path, .provider: return .string(text)
        case .nothing: return .nothing
        case .optional(let inner): return text.isEmpty ? .nothing : try read(text, as: inner)
        case .choice(let words):
            if words.contains(text) { return .string(text) }
            throw misread(text, "one of \(words.joined(separator: ", "))")
        case .id(let kind):
            guard kind == "agent" || !text.isEmpty else { throw misread(text, "an id") }
            return .id(text)
        case .either(let types):
            for type in types { if let value = try? read(text, as: type) { return value } }
            throw misread(text, type.description)
        case .list(let element): return .list([try read(text, as: element)])
        case .secret: return .secret(Secret(text))
        default:
            guard let value = scalar(text, type) else { throw misread(text, wanted(type)) }
            return value
        }
    }

    private static func scalar(_ text: String, _ type: ValueType) -> Value? {
        switch type {
        case .bool: text == "true" ? .bool(true) : text == "false" ? .bool(false) : nil
        case .int: text.hasPrefix("+") ? nil : Int64(text).map { .int($0) }
        case .decimal: ScaledDecimal(text).map { .decimal($0) }
        case .phone: E164(text).map { .phone($0) }
        case .money: Money(text).flatMap { Currency.codes.contains($0.currency) ? .money($0) : nil }
        case .duration: DurationText.parse(text).map { .duration($0) }
        case .time: Timestamp.parse(text).map { .time($0) }
        case .rate: rate(text).map { .rate($0) }
        default: nil
        }
    }

    private static func rate(_ text: String) -> Rate? {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, let count = Int(parts[0]), count > 0, ["s", "m", "h"].contains(parts[1]) else {
            return nil
        }
        return Rate(count: count, unit: String(parts[1]))
    }

    private static func wanted(_ type: ValueType) -> String {
        switch type {
        case .phone: "a number in E.164 form, such as +14155550100"
        case .money: "an amount with its currency, such as 2.00USD"
        case .duration: "a duration, such as 90s or 1h30m"
        case .time: "a time, such as 2026-11-20T08:00:00Z"
        case .rate: "a rate, such as 5/s"
        case .bool: "true or false"
        case .int: "a whole number"
        case .decimal: "a number of at most 34 digits"
        default: type.description
        }
    }

    private static func misread(_ text: String, _ wanted: String) -> SwitchboardError {
        SwitchboardError(.invalidArgument, "'\(text)' is not \(wanted)")
    }

    /// Makes the value fit a type, reading a text where it is one; throws `invalid_argument` where it cannot.
    public func converted(to type: ValueType) throws -> Value {
        if isUnknown {
            if case .list = type.unwrapped, !isOpen { return .list([self]) }
            return self
        }
        switch (self, type) {
        case (_, .any): return self
        case (.nothing, .optional), (.nothing, .nothing): return .nothing
        case (_, .optional(let inner)): return try converted(to: inner)
        case (.nothing, _) where !isOf(type):
            throw SwitchboardError(.invalidArgument, "\(type) is wanted, and this is nothing")
        case (.list(let values), .list(let element)): return .list(try values.map { try $0.converted(to: element) })
        case (_, .list(let element)): return .list([try converted(to: element)])
        case (_, .either(let types)):
            for type in types where isOf(type) { return self }
            for type in types { if let value = try? converted(to: type) { return value } }
        case (.int(let number), .decimal): return .decimal(ScaledDecimal(Decimal(number)))
        case (.id, .id): return self
        case (.string(let text), _) where !isOf(type): return try Value.read(text, as: type)
        case (_, .string), (_, .path):
            if let text = plainText { return .string(text) }
        default: break
        }
        if isOf(type) { return self }
        // What was meant to be a secret is not shown.
        let shown = type.takesSecret ? "" : ": \(shortText)"
        throw SwitchboardError(.invalidArgument, "\(type) is wanted, and this is \(typeName)\(shown)")
    }

    /// Whether the value is of a type as it stands.
    func isOf(_ type: ValueType) -> Bool {
        switch (self, type) {
        case (_, .any), (.unknown, _), (.nothing, .nothing), (.nothing, .optional), (.bool, .bool), (.int, .int),
            (.decimal, .decimal), (.string, .string), (.string, .path), (.string, .provider), (.phone, .phone),
            (.id, .id), (.money, .money), (.duration, .duration), (.time, .time), (.rate, .rate), (.secret, .secret),
            (.schema, .schema), (.fieldPath, .fieldPath):
            true
        case (.string(let word), .choice(let words)): words.contains(word)
        case (_, .optional(let inner)): isOf(inner)
        case (_, .either(let types)): types.contains { isOf($0) }
        case (.list(let values), .list(let element)): values.allSatisfy { $0.isOf(element) }
        case (.record(let record), .record(let wanted)): wanted.name == nil || wanted.name == record.typeName
        default: false
        }
    }

    /// The name of the value's type, for messages.
    public var typeName: String {
        switch self {
        case .nothing: "nothing"
        case .bool: "a bool"
        case .int: "an int"
        case .decimal: "a decimal"
        case .string: "a text"
        case .phone: "a phone number"
        case .id: "an id"
        case .money: "an amount of money"
        case .duration: "a duration"
        case .time: "a time"
        case .rate: "a rate"
        case .secret: "a secret"
        case .schema: "a schema"
        case .fieldPath: "a field"
        case .unknown: "a value that is known after the run"
        case .list: "a list"
        case .record(let record): record.typeName.map { "a record '\($0)'" } ?? "a record"
        }
    }
}
