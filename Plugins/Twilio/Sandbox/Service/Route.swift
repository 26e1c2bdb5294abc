/// The form of a path, such as `/v1/Trunks/{trunk}/OriginationUrls/{sid}`.
///
/// Each part in braces stands for one segment, before `.json` too.
struct Route: Hashable, Sendable {
    let text: String
    private let parts: [Part]

    private struct Part: Hashable, Sendable {
        let name: String?
        let rest: String
    }

    init(_ text: String) {
        self.text = text
        parts = text.split(separator: "/").map { segment in
            guard segment.hasPrefix("{"), let end = segment.firstIndex(of: "}") else {
                return Part(name: nil, rest: String(segment))
            }
            let name = segment[segment.index(after: segment.startIndex)..<end]
            return Part(name: String(name), rest: String(segment[segment.index(after: end)...]))
        }
    }

    /// How many segments are given word by word.
    var literals: Int { parts.count { $0.name == nil } }

    /// The named segments of a path of this form, which comes in its segments; nil for another path.
    func match(_ segments: ArraySlice<Substring>) -> [String: String]? {
        guard segments.count == parts.count else { return nil }
        var names: [String: String] = [:]
        for (segment, part) in zip(segments, parts) {
            guard let name = part.name else {
                if segment != part.rest { return nil }
                continue
            }
            guard segment.hasSuffix(part.rest), segment.count > part.rest.count else { return nil }
            names[name] = String(segment.dropLast(part.rest.count))
        }
        return names
    }

    /// The path with the named segments filled in.
    func path(_ names: [String: String]) -> String {
        parts.map { part in "/" + (part.name.map { names[$0] ?? "" } ?? "") + part.rest }.joined()
    }

    /// The form of the list that a thing of this form stands in.
    var list: Route {
        let parent = text.split(separator: "/").dropLast().map { "/" + $0 }.joined()
        return Route(text.hasSuffix(".json") ? parent + ".json" : parent)
    }
}
