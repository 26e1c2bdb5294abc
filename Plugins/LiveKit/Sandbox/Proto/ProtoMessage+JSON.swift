import SwitchboardCore

extension ProtoMessage {
    /// The message as LiveKit prints it: proto names in declaration order, every field, null for unset messages,
    /// unset optional fields and oneof members left out.
    var jsonBytes: [UInt8] {
        var output: [UInt8] = []
        output.reserveCapacity(512)
        write(to: &output)
        return output
    }

    /// The same as a value.
    var json: JSON {
        do {
            return try JSON(reading: jsonBytes)
        } catch { preconditionFailure("a message was printed that is no JSON: \(error)") }
    }

    private func write(to output: inout [UInt8]) {
        output.append(UInt8(ascii: "{"))
        let start = output.count
        for (field, value) in zip(schema.fields, slots) {
            guard value != nil || field.presence.isPrintedUnset else { continue }
            if output.count > start { output.append(UInt8(ascii: ",")) }
            output += field.label
            if let value { Self.write(value, field, to: &output) } else { output += field.unset.utf8 }
        }
        output.append(UInt8(ascii: "}"))
    }

    private static func write(_ value: ProtoValue, _ field: ProtoField, to output: inout [UInt8]) {
        switch value {
        case .string(let text): JSON.append(text, to: &output)
        case .integer(let number): output += String(number).utf8
        case .bool(let truth): output += (truth ? "true" : "false").utf8
        case .double(let number): write(number, to: &output)
        case .enumeration(let number): write(number, field, to: &output)
        case .message(let message): message.write(to: &output)
        case .list(let elements):
            write(elements, between: "[", and: "]", to: &output) { write($0, field, to: &$1) }
        case .map(let map):
            write(map.sorted { $0.key < $1.key }, between: "{", and: "}", to: &output) { entry, output in
                JSON.append(entry.key, to: &output)
                output.append(UInt8(ascii: ":"))
                JSON.append(entry.value, to: &output)
            }
        case .duration(let duration): JSON.append(duration.text, to: &output)
        case .timestamp(let time): JSON.append(time.text, to: &output)
        case .anyMessage(let message): output += message.json.bytes()
        }
    }

    /// A value of an enum by its name; one that has none stays a number.
    private static func write(_ number: Int32, _ field: ProtoField, to output: inout [UInt8]) {
        if case .enumeration(let names) = field.kind, let name = names.names[number] {
            JSON.append(name, to: &output)
        } else {
            output += String(number).utf8
        }
    }

    private static func write(_ number: Double, to output: inout [UInt8]) {
        if let whole = Int64(exactly: number) {
            output += String(whole).utf8
        } else if number.isFinite {
            output += String(number).utf8
        } else {
            JSON.append(number.isNaN ? "NaN" : number < 0 ? "-Infinity" : "Infinity", to: &output)
        }
    }

    private static func write<Element>(
        _ elements: [Element], between start: Unicode.Scalar, and end: Unicode.Scalar, to output: inout [UInt8],
        _ write: (Element, inout [UInt8]) -> Void
    ) {
        output.append(UInt8(ascii: start))
        for (place, element) in elements.enumerated() {
            if place > 0 { output.append(UInt8(ascii: ",")) }
            write(element, &output)
        }
        output.append(UInt8(ascii: end))
    }
}

extension ProtoField {
    /// What stands for the field while it is not set.
    fileprivate var unset: String {
        if presence == .repeated { return "[]" }
        return switch kind {
        case .string: "\"\""
        case .int32, .uint32, .double: "0"
        case .bool: "false"
        case .map: "{}"
        case .enumeration(let names): names.names[0].map { "\"\($0)\"" } ?? "0"
        case .message, .anyMessage, .duration, .timestamp: "null"
        }
    }
}

extension ProtoField.Presence {
    /// Whether a field is printed that is not set.
    fileprivate var isPrintedUnset: Bool {
        switch self {
        case .single, .repeated: true
        case .optional, .oneof: false
        }
    }
}
