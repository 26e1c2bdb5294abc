import FoundationEssentials
import SwitchboardCore
import Testing

/// Reads JSON that a test has written down.
func json(_ text: String) throws -> JSON { try JSON(reading: text) }

/// Makes a trunk as an answer of LiveKit's would.
func makeTrunk(_ text: String, _ direction: SIPTrunk.Direction = .inbound) throws -> SIPTrunk {
    SIPTrunk(try RoutingDocument(reading: json(text), as: direction.schema, strangers: .kept))
}

/// Makes a rule as an answer of LiveKit's would.
func makeRule(_ text: String) throws -> DispatchRule {
    DispatchRule(try RoutingDocument(reading: json(text), as: .dispatchRule, strangers: .kept))
}

/// What an encoder of the standard makes of a value.
func encoded(_ value: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(value), as: UTF8.self)
}

/// The value after a journal has had it.
func journaled<Value: Codable>(_ value: Value) throws -> Value {
    try JSONDecoder().decode(Value.self, from: Data(encoded(value).utf8))
}

/// The fault that reading throws.
func fault(_ body: () throws -> some Any) -> RoutingFault? {
    do {
        _ = try body()
        return nil
    } catch {
        return error as? RoutingFault
    }
}

/// Numbers that look random and are the same in every run.
struct Chance: RandomNumberGenerator {
    private var state: UInt64

    init(_ seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 | 1 }

    mutating func next() -> UInt64 {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return state
    }
}
