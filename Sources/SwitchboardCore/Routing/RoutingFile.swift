/// A trunk or a dispatch rule from a file, in whichever of the shapes that LiveKit's tools have had.
public struct RoutingFile: Sendable {
    /// How the document stood in the file.
    public enum Shape: String, Sendable {
        /// Inside `trunk` or `dispatch_rule`.
        case wrapped
        /// Alone.
        case bare
        /// Alone, with the fields of the old request for a dispatch rule and no others.
        case flat
    }

    /// What the file says.
    public var document: RoutingDocument
    /// How it stood there.
    public var shape: Shape
    /// How it was read, in words: `read as a wrapped inbound trunk, in the camelCase naming`.
    public var remark: String

    /// Reads a trunk.
    ///
    /// - Parameters:
    ///   - json: the whole file, in either naming.
    ///   - direction: which way its calls go; nil to tell it by the fields that only one of both has, and to take it
    ///     for an inbound trunk where there are none.
    /// - Throws: a fault for a name that the trunk does not have, for a value that does not fit, for something beside a
    ///   wrapper, and for a dispatch rule.
    public static func trunk(_ json: JSON, direction: SIPTrunk.Direction?) throws(RoutingFault) -> RoutingFile {
        let (inner, shape) = try unwrapped(json, from: ["trunk"], not: ruleWrappers, fields: RoutingSchema.trunkFields)
        let direction = if let direction { direction } else { try told(by: inner) }
        do throws(RoutingFault) {
            return try RoutingFile(reading: inner, as: direction.schema, shape)
        } catch {
            throw explained(error, direction)
        }
    }

    /// Reads a dispatch rule.
    ///
    /// - Throws: a fault for a name that the rule does not have, for a value that does not fit, for something beside a
    ///   wrapper, and for a trunk.
    public static func dispatchRule(_ json: JSON) throws(RoutingFault) -> RoutingFile {
        let fields = RoutingSchema.dispatchRule.fields
        var (inner, shape) = try unwrapped(json, from: ruleWrappers, not: ["trunk"], fields: fields)
        let isFlat = inner["rule"] != nil && inner.members?.allSatisfy { isFlatName($0.name) } == true
        if shape == .bare, isFlat { shape = .flat }
        return try RoutingFile(reading: inner, as: .dispatchRule, shape)
    }

    private init(reading json: JSON, as schema: RoutingSchema, _ shape: Shape) throws(RoutingFault) {
        document = try RoutingDocument(reading: json, as: schema, strangers: .refused)
        self.shape = shape
        let flat = shape == .flat ? " (the fields of the old request, without a wrapper)" : ""
        let naming = Naming(json, schema.fields).words.map { ", in \($0)" } ?? ""
        remark = "read as a \(shape.rawValue) \(schema.noun)\(flat)\(naming)"
    }

    // MARK: Wrappers

    private static let ruleWrappers = ["dispatch_rule", "dispatchRule"]

    private static func unwrapped(
        _ json: JSON, from wrappers: [String], not foreign: [String], fields: [RoutingField]
    ) throws(RoutingFault) -> (JSON, Shape) {
        guard let members = json.members else { throw RoutingFault("the file does not hold an object") }
        if let name = members.first(where: { foreign.contains($0.name) })?.name {
            let noun = name == "trunk" ? "a trunk" : "a dispatch rule"
            throw RoutingFault(field: name, "the file holds \(noun)", help: "read it as \(noun)")
        }
        guard let wrapper = members.first(where: { wrappers.contains($0.name) }) else { return (json, .bare) }
        let beside = members.filter { $0 != wrapper }.map(\.name)
        guard beside.isEmpty else { throw stranded(beside, wrapper, fields) }
        guard wrapper.value.members != nil else {
            throw RoutingFault(field: wrapper.name, "\(wrapper.name) is not an object")
        }
        return (wrapper.value, .wrapped)
    }

    /// The fault of members beside the wrapper, which LiveKit's own tools pass over.
    private static func stranded(_ names: [String], _ wrapper: JSON.Member, _ fields: [RoutingField]) -> RoutingFault {
        let list = RoutingText.list(names.map { "'\($0)'" })
        let areFields = names.allSatisfy { name in fields.contains { $0.isNamed(name) } }
        let way = wrapper.value.members?.isEmpty == true ? "or leave '\(wrapper.name)' out" : "or take it out"
        return RoutingFault(
            field: names.first,
            "\(list) \(names.count == 1 ? "stands" : "stand") beside '\(wrapper.name)', not inside it",
            help: areFields ? "move \(list) into '\(wrapper.name)', \(way)" : "take \(list) out")
    }

    private static func isFlatName(_ name: String) -> Bool {
        let flat = [
            "rule", "trunk_ids", "hide_phone_number", "name", "metadata", "inbound_numbers", "attributes",
            "room_preset",
            "room_config",
        ]
        return flat.contains { RoutingSchema.dispatchRule.field($0)?.isNamed(name) == true }
    }

    // MARK: Directions

    private static func told(by json: JSON) throws(RoutingFault) -> SIPTrunk.Direction {
        let names = (json.members ?? []).map(\.name)
        func own(_ direction: SIPTrunk.Direction) -> String? { names.first { direction.alone(has: $0) } }
        guard let outbound = own(.outbound) else { return .inbound }
        guard let inbound = own(.inbound) else { return .outbound }
        throw RoutingFault(
            field: inbound, "'\(outbound)' belongs to an outbound trunk and '\(inbound)' to an inbound one",
            help: "make two trunks of it")
    }

    private static func explained(_ fault: RoutingFault, _ direction: SIPTrunk.Direction) -> RoutingFault {
        let other: SIPTrunk.Direction = direction == .inbound ? .outbound : .inbound
        guard let name = fault.unknown, fault.field == name, other.alone(has: name) else { return fault }
        var fault = fault
        fault.message = "an \(direction.schema.noun) has no field '\(name)'"
        fault.help = "it is a field of \(other.schema.noun)s"
        return fault
    }
}

extension RoutingSchema {
    /// The fields of trunks of both directions.
    fileprivate static let trunkFields = RoutingSchema.inboundTrunk.fields + RoutingSchema.outboundTrunk.fields
}

extension SIPTrunk.Direction {
    /// Whether trunks of this direction have that field and those of the other do not.
    fileprivate func alone(has name: String) -> Bool {
        let other: SIPTrunk.Direction = self == .inbound ? .outbound : .inbound
        return schema.field(name) != nil && other.schema.field(name) == nil
    }
}

/// Which of the two namings a file is written in.
private struct Naming {
    private var isSnake = false
    private var isCamel = false

    init(_ json: JSON, _ fields: [RoutingField]) { look(at: json, fields) }

    /// The naming in words; nil where no name differs between the two.
    var words: String? {
        switch (isSnake, isCamel) {
        case (true, true): "both namings"
        case (true, false): "the snake_case naming"
        case (false, true): "the camelCase naming"
        case (false, false): nil
        }
    }

    private mutating func look(at json: JSON, _ fields: [RoutingField]) {
        for element in json.elements ?? [] { look(at: element, fields) }
        for member in json.members ?? [] {
            guard let field = fields.first(where: { $0.isNamed(member.name) }) else { continue }
            if field.name != field.camelName {
                if member.name == field.name { isSnake = true } else { isCamel = true }
            }
            look(at: member.value, field.fields)
        }
    }
}
