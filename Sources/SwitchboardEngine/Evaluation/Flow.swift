import SwitchboardCore
import SwitchboardLanguage

/// What flows from one stage of a pipeline to the next.
enum Flow {
    case value(Value)
    /// Items that come one by one, taken by the next stage or made a list where the pipeline ends.
    case items(any ItemSource)

    /// The value, of items the list.
    func value(in frame: Frame) throws -> Value {
        switch self {
        case .value(let value): return value
        case .items(let items):
            do { return try items.watched(by: frame).list() } catch let ended as RowsEnded { throw ended.cause }
        }
    }
}

/// A compiled stage of a pipeline.
struct Stage: Sendable {
    private let body: @Sendable (Frame, Flow) throws -> Flow

    init(_ body: @escaping @Sendable (Frame, Flow) throws -> Flow) { self.body = body }

    /// A stage that takes a value whole.
    init(_ passage: Passage) {
        body = { frame, flow in .value(try passage(frame, try flow.value(in: frame))) }
    }

    func callAsFunction(_ frame: Frame, _ flow: Flow) throws -> Flow { try body(frame, flow) }
}

/// Items that stop coming once the run is to end.
struct WatchedItems: ItemSource {
    let items: any ItemSource
    let run: RunSession

    func forEach(_ take: (Value) throws -> Bool) throws {
        try items.forEach { item in
            if run.cancel.isCancelled { try run.checkCancelled() }
            return try take(item)
        }
    }
    var isRepeatable: Bool { items.isRepeatable }
    var isChecked: Bool { items.isChecked }
    var knownCount: Int? { items.knownCount }
    func needsNames(by key: FieldPath?) -> Bool { items.needsNames(by: key) }
    var listFault: (any Error)? { items.listFault }
    var isNothing: Bool { items.isNothing }
}

extension ItemSource {
    /// The same items, which stop coming once the run is to end; rows that run see to that themselves.
    func watched(by frame: Frame) -> any ItemSource {
        isRepeatable ? WatchedItems(items: self, run: frame.run) : self
    }

    /// Has a look at all items, so that what is wrong with a late one is found before something is done with the first;
    /// returns how many there are, where that is known then.
    @discardableResult
    func rehearse(_ frame: Frame) throws -> Int? {
        if isChecked { return knownCount }
        let unknownRows = frame.unknownRows
        defer { frame.unknownRows = unknownRows }
        return try watched(by: frame).count()
    }
}

extension Step {
    /// Whether the statement only gives a value or a name to one, for which nothing is called.
    var callsNothing: Bool {
        switch self {
        case .bind(_, let node), .give(.some(let node)): node.callsNothing
        default: false
        }
    }
}

extension Node {
    /// Whether the value can be had again and again and is the same each time: nothing is called for it.
    var callsNothing: Bool {
        switch self {
        case .literal, .text, .slot, .item, .schema, .fieldPath: true
        case .string(let nodes, _), .list(let nodes, _): nodes.allSatisfy(\.callsNothing)
        case .record(let fields, _, _): fields.allSatisfy(\.value.callsNothing)
        case .field(let node, _, _, _), .not(let node, _), .convert(let node, _, _): node.callsNothing
        case .binary(_, let left, let right, _): left.callsNothing && right.callsNothing
        case .pipeline, .branch: false
        }
    }
}
