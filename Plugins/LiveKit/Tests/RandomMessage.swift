import SwitchboardCore

@testable import LiveKitSandbox

/// Random messages, the same for the same seed.
struct RandomMessage: RandomNumberGenerator {
    private var state: UInt64
    private let isOpaqueToo: Bool

    /// Makes a source; `isOpaqueToo` is whether messages of unknown fields are among what it makes.
    init(seed: UInt64, isOpaqueToo: Bool = true) {
        state = seed &* 0x9E37_79B9_7F4A_7C15
        self.isOpaqueToo = isOpaqueToo
    }

    mutating func next() -> UInt64 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return state ^ (state >> 29)
    }

    /// The messages of all methods and the messages in them, each once, by name.
    static let schemas: [ProtoSchema] = {
        var found: [String: ProtoSchema] = [:]
        var open = LiveKitMethod.all.values.flatMap { [$0.request, $0.response] }
        while let schema = open.popLast() {
            guard found.updateValue(schema, forKey: schema.name) == nil else { continue }
            open += schema.fields.compactMap { if case .message(let inner) = $0.kind { inner } else { nil } }
        }
        return found.values.sorted { $0.name < $1.name }
    }()

    /// The JSON of a message: some of the fields that both forms have in any order and spelling, at most one member of a oneof.
    mutating func json(_ schema: ProtoSchema) -> JSON {
        var taken: Set<String> = []
        var members: [JSON.Member] = []
        for field in schema.fields.shuffled(using: &self) where chance(60) {
            if case .anyMessage = field.kind, !isOpaqueToo { continue }
            if field.number == 0 { continue }
            if let oneof = field.oneof, !taken.insert(oneof).inserted { continue }
            members.append(.init(chance(50) ? field.name : field.camelName, value(field)))
        }
        return .object(members)
    }

    mutating func bytes(_ count: Int) -> [UInt8] { (0..<count).map { _ in UInt8(truncatingIfNeeded: next()) } }

    /// Cuts the bytes off somewhere, changes one of them or puts others there.
    mutating func damage(_ bytes: inout [UInt8]) {
        switch bytes.isEmpty ? 2 : Int.random(in: 0..<3, using: &self) {
        case 0: bytes.removeLast(Int.random(in: 0...bytes.count, using: &self))
        case 1: bytes[Int.random(in: 0..<bytes.count, using: &self)] = UInt8(truncatingIfNeeded: next())
        default: bytes = self.bytes(Int.random(in: 0..<40, using: &self))
        }
    }

    mutating func pick<T>(_ choices: [T]) -> T { choices[Int.random(in: 0..<choices.count, using: &self)] }

    private mutating func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &self) < percent }

    private mutating func value(_ field: ProtoField) -> JSON {
        if case .map = field.kind { return map() }
        guard field.presence == .repeated else { return single(field.kind) }
        return .array((0..<Int.random(in: 0...4, using: &self)).map { _ in single(field.kind) })
    }

    private mutating func map() -> JSON {
        var map: [String: JSON] = [:]
        for _ in 0..<Int.random(in: 0...4, using: &self) { map[text()] = .string(text()) }
        return .object(map.map { .init($0.key, $0.value) })
    }

    private mutating func single(_ kind: ProtoField.Kind) -> JSON {
        switch kind {
        case .string: .string(text())
        case .int32:
            .integer(pick([0, 1, -1, Int(Int32.min), Int(Int32.max), Int.random(in: -999...999, using: &self)]))
        case .uint32: .integer(pick([0, 1, Int(UInt32.max), Int.random(in: 0...99999, using: &self)]))
        case .bool: .bool(chance(50))
        case .double: pick([0, .number("1.5"), .number("-0.25"), .number("1e300"), "NaN", "-Infinity", 123_456_789])
        case .duration: .string(pick(["0s", "30s", "3600.500s", "-0.000000001s", "315576000000s", "1.000001s"]))
        case .timestamp:
            .string(
                pick([
                    "2026-09-24T19:39:32.739773Z", "1969-12-31T23:59:59.5+01:30", "0001-01-01T00:00:00Z",
                    "9999-12-31T23:59:59.999999999Z", "2024-02-29T12:00:00-08:00",
                ]))
        case .enumeration(let names):
            pick(names.names.sorted { $0.key < $1.key }.map { .string($0.value) } + [.integer(99), .integer(-1)])
        case .message(let schema): json(schema)
        case .anyMessage: ["@protobuf": .string(Base64URL.encode(bytes(Int.random(in: 0...6, using: &self))))]
        case .map: map()
        }
    }

    private mutating func text() -> String {
        pick([
            "", "a", "+14155550142", "caf\u{E9}", "<&>\"\\\u{1}\u{7F}\u{2028}", "\u{1F4DE}",
            String(repeating: "x", count: 200), String(next(), radix: 36),
        ])
    }
}
