import SwitchboardCore
import SwitchboardTestKit
import Testing

@testable import LiveKitSandbox

/// What holds for every message and for any bytes.
@Suite struct ProtoWirePropertyTests {
    @Test(arguments: RandomMessage.schemas)
    func bothFormsSayTheSame(_ schema: ProtoSchema) throws {
        for seed in 1...60 as ClosedRange<UInt64> {
            var random = RandomMessage(seed: seed)
            let message = try ProtoReader.read(random.json(schema), as: schema)
            let bytes = ProtoWire.write(message)
            let again = try ProtoWire.read(bytes, as: schema)
            #expect(again.json == message.json, "\(schema.name), seed \(seed)")
            #expect(ProtoWire.write(again) == bytes, "\(schema.name), seed \(seed)")
            #expect(try ProtoReader.read(message.json, as: schema).json == message.json, "\(schema.name), seed \(seed)")
        }
    }

    /// Whatever is read can be printed and read again.
    @Test(arguments: RandomMessage.schemas)
    func noBytesAreTooMuch(_ schema: ProtoSchema) throws {
        var random = RandomMessage(seed: UInt64(schema.name.utf8.count))
        var readable = 0
        for _ in 0..<300 {
            var bytes = ProtoWire.write(try ProtoReader.read(random.json(schema), as: schema))
            random.damage(&bytes)
            guard let message = try? ProtoWire.read(bytes, as: schema) else { continue }
            readable += 1
            let json = try ProtoReader.read(JSON(reading: message.json.bytes()), as: schema).json
            #expect(json == message.json, "\(schema.name): \(Hex.text(bytes))")
        }
        #expect(readable > 0)
    }

    /// A field that comes a million times takes no longer than it is long.
    @Test func manyPiecesAreReadInOnePass() throws {
        let count = 300_000
        let ids = try Self.repeated("0a0161", count, PhoneNumberSchemas.releaseRequest)
        #expect(ids.strings("ids").count == count)
        let statuses = try Self.repeated("1001", count, PhoneNumberSchemas.listRequest)
        #expect(statuses.enumerations("statuses").count == count)
        let merged = try Self.repeated("1a031a017a", count, DispatchRuleSchemas.updateRequest)
        #expect(merged.message("update") != nil)
        let map = try Self.repeated("2a060a0161120131", count, DispatchRuleSchemas.agent)
        #expect(map.map("attributes") == ["a": "1"])
        let opaque = try Self.repeated("2a020a00", 20_000, DispatchRuleSchemas.roomConfiguration)
        #expect(ProtoWire.write(opaque).count > 40_000)
        for (hex, schema) in [
            ("0a0161", PhoneNumberSchemas.releaseRequest), ("1001", PhoneNumberSchemas.listRequest),
            ("1a031a017a", DispatchRuleSchemas.updateRequest), ("2a060a0161120131", DispatchRuleSchemas.agent),
            ("2a020a00", DispatchRuleSchemas.roomConfiguration),
        ] {
            let growth = try ThreadTime.growth(from: 2_500) { _ = try Self.repeated(hex, $0, schema) }
            #expect(growth < 24, "\(hex)")
        }
    }

    private static func repeated(_ hex: String, _ count: Int, _ schema: ProtoSchema) throws -> ProtoMessage {
        let piece = try Hex.bytes(hex)
        return try ProtoWire.read((0..<count).flatMap { _ in piece }, as: schema)
    }
}

extension ProtoSchema: CustomTestStringConvertible {
    /// The message's name.
    public var testDescription: String { name }
}
