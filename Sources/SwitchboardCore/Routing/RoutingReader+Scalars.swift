/// The values that are no messages, in every form that LiveKit's JSON reader accepts (contract section 1.3).
extension RoutingReader {
    func text(_ json: JSON, _ path: String) throws(RoutingFault) -> String {
        guard let text = json.text else { throw Self.wrong(path, "a text") }
        return text
    }

    func nonEmpty(_ json: JSON, _ path: String) throws(RoutingFault) -> JSON? {
        try text(json, path).isEmpty ? .none : json
    }

    func texts(_ json: JSON, _ path: String) throws(RoutingFault) -> JSON? {
        guard let elements = json.elements, elements.allSatisfy({ $0.text != nil }) else {
            throw Self.wrong(path, "a list of texts")
        }
        return elements.isEmpty ? .none : json
    }

    func flag(_ json: JSON, _ path: String) throws(RoutingFault) -> JSON? {
        guard case .bool(let flag) = json else { throw Self.wrong(path, "true or false") }
        return flag ? json : .none
    }

    /// A whole number, also as a text or with zeros behind a point.
    func count(_ json: JSON, _ path: String) throws(RoutingFault) -> JSON? {
        let text =
            switch json {
            case .number(let text), .string(let text): text
            default: ""
            }
        let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        guard let first = parts.first, first.allSatisfy({ $0.isASCII && $0.isNumber }), let count = UInt32(first),
            parts.count == 1 || (parts[1].allSatisfy { $0 == "0" } && !parts[1].isEmpty)
        else { throw Self.wrong(path, "a whole number from 0 to \(UInt32.max)") }
        return count == 0 ? .none : .integer(count)
    }

    /// A length of time, also in the words of this program, `1m30s`.
    func duration(_ json: JSON, _ path: String) throws(RoutingFault) -> JSON? {
        guard let text = json.text, let length = WireDuration(text) else {
            throw Self.wrong(path, "a length of time", help: "write it as 30s, 1.5s or 1m30s")
        }
        return .string(length.text)
    }

    func map(_ json: JSON, _ path: String) throws(RoutingFault) -> JSON? {
        guard let members = json.members, members.allSatisfy({ $0.value.text != nil }) else {
            throw Self.wrong(path, "an object of texts")
        }
        let sorted = members.sorted { $0.name < $1.name }
        if let index = sorted.indices.dropFirst().first(where: { sorted[$0].name == sorted[$0 - 1].name }) {
            throw Self.twice("\(path).\(sorted[index].name)")
        }
        return sorted.isEmpty ? .none : .object(sorted)
    }

    /// A secret; nil for none, and where dots stand for one that is kept apart already.
    func secret(_ json: JSON, _ path: String) throws(RoutingFault) -> Secret? {
        let text = try text(json, path)
        guard text == Self.dots else { return text.isEmpty ? nil : Secret(text) }
        guard strangers == .refused else { return nil }
        throw RoutingFault(
            field: path, "\(path) holds the dots that stand for a secret", help: "put the secret itself there")
    }

    /// A word or a wire name, without regard to case, or the number of the wire name.
    ///
    /// What is none of these is kept as it came where strangers are, since LiveKit adds names.
    func choice(_ json: JSON, _ choices: [RoutingField.Choice], _ path: String) throws(RoutingFault) -> JSON? {
        let given = json.text?.lowercased()
        let index = json.integer ?? choices.firstIndex { given == $0.word || given == $0.wire.lowercased() }
        if let index, choices.indices.contains(index) { return index == 0 ? .none : .string(choices[index].wire) }
        if strangers == .kept, given != nil || json.integer != nil { return json }
        let words = choices.map(\.word)
        throw RoutingFault(
            field: path, "\(path) is none of \(words.joined(separator: ", "))", unknown: json.text, known: words)
    }

    // MARK: Faults

    static func wrong(_ path: String, _ expected: String, help: String? = nil) -> RoutingFault {
        path.isEmpty
            ? RoutingFault("this is not \(expected)", help: help)
            : RoutingFault(field: path, "\(path) is not \(expected)", help: help)
    }

    static func twice(_ path: String) -> RoutingFault {
        RoutingFault(
            field: path, "\(path) is given twice", help: "keep one; the snake_case and the camelCase name are one field"
        )
    }
}

extension RoutingFault {
    /// A name that no field has; the last part of the path is what was written.
    static func unknown(_ path: String, among fields: [RoutingField]) -> RoutingFault {
        let written = path.split(separator: ".").last.map(String.init) ?? path
        let known = fields.map(\.name)
        return RoutingFault(
            field: path, "there is no field '\(path)'", help: "there are " + known.joined(separator: ", "),
            unknown: written, known: known)
    }
}
