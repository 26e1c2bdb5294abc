import SwitchboardCore
import SwitchboardLanguage
import Synchronization

/// A field that is looked up in records; of nothing it is nothing.
final class Field: Sendable {
    private let name: String
    private let isOptional: Bool
    private let span: Span
    /// Where it stood in the last record: records of one loop are alike.
    private let place = Atomic(0)

    init(_ name: String, isOptional: Bool, at span: Span) {
        self.name = name
        self.isOptional = isOptional
        self.span = span
    }

    @inline(__always)
    func value(of value: Value) throws -> Value {
        if case .record(let record) = value, let found = record.field(name, near: place) { return found }
        return try missing(in: value)
    }

    /// The whole number that the field of a record in a slot holds, where it stands where it stood before; else nil.
    ///
    /// The place is read first: with nothing else between the slot and the number, no copy of the record is made.
    @inline(__always)
    func int(in slots: Frame.Slots, at slot: Int) -> Int64? {
        let index = place.load(ordering: .relaxed)
        return if case .record(let record) = slots[slot] { record.int(name, at: index) } else { nil }
    }

    private func missing(in value: Value) throws -> Value {
        switch value {
        case .nothing: return .nothing
        case .unknown(let placeholder): return .unknown(placeholder.field(name))
        case .record:
            if isOptional { return .nothing }
            throw RunFault(.invalidArgument, "no field '\(name)' on this record", span)
        default: throw RunFault(.invalidArgument, "\(value.typeName) has no field '\(name)'", span)
        }
    }
}
