/// What LiveKit refuses in trunks and rules alike (contract section 4.2), found before it is asked.
enum RoutingFaults {
    /// The faults of codecs and of the timeout.
    static func media(_ document: RoutingDocument) -> [RoutingFault] {
        let codecs = document["media.codecs"]?.elements ?? []
        return codecs.compactMap { codec($0["name"]?.text ?? "") } + timeout(document.text("media.media_timeout"))
    }

    private static func codec(_ name: String) -> RoutingFault? {
        let field = "media.codecs"
        if name.isEmpty { return RoutingFault(field: field, "a codec has no name") }
        if name.contains("/") {
            return RoutingFault(
                field: field, "the codec name '\(RoutingText.shown(name))' contains '/'",
                help: "give the rate apart, as rate")
        }
        let hasBlank = name.contains(where: \.isWhitespace)
        return hasBlank
            ? RoutingFault(field: field, "the codec name '\(RoutingText.shown(name))' contains a blank") : nil
    }

    private static func timeout(_ text: String) -> [RoutingFault] {
        guard let duration = WireDuration(text)?.duration else { return [] }
        let field = "media.media_timeout"
        if duration < .zero { return [RoutingFault(field: field, "the media timeout is negative")] }
        return duration > .seconds(600) ? [RoutingFault(field: field, "the media timeout is longer than 10m")] : []
    }

    /// A fault for a length of time below zero, which LiveKit takes without a word.
    static func negative(_ document: RoutingDocument, _ field: String) -> RoutingFault? {
        guard let duration = WireDuration(document.text(field))?.duration, duration < .zero else { return nil }
        return RoutingFault(field: field, "\(field) is negative")
    }

    /// The faults of the headers and of both maps of headers.
    static func headers(_ document: RoutingDocument) -> [RoutingFault] {
        var faults: [RoutingFault] = []
        for (name, value) in document.map("headers").sorted(by: { $0.key < $1.key }) {
            faults += [headerName(name, "headers", mayBeReserved: false), headerValue(name, value)].compactMap(\.self)
        }
        faults += document.map("headers_to_attributes").keys.sorted()
            .compactMap { headerName($0, "headers_to_attributes", mayBeReserved: true) }
        faults += document.map("attributes_to_headers").values.sorted()
            .compactMap { headerName($0, "attributes_to_headers", mayBeReserved: true) }
        return faults
    }

    private static let reserved: Set = [
        "accept", "accept-encoding", "accept-language", "allow", "allow-events", "call-id", "contact",
        "content-encoding", "content-length", "content-type", "cseq", "event", "expires", "from", "max-forwards",
        "record-route", "refer-to", "reply-to", "k", "l", "m", "o", "r", "t", "u", "v",
    ]

    private static func headerName(_ name: String, _ field: String, mayBeReserved: Bool) -> RoutingFault? {
        let shown = RoutingText.shown(name)
        if name.isEmpty { return RoutingFault(field: field, "a header has no name") }
        if name.utf8.count > 255 {
            return RoutingFault(field: field, "the header name '\(shown)' has more than 255 characters")
        }
        guard name.utf8.allSatisfy({ $0.isLetterOrDigit || "-.!%*_+`'~".utf8.contains($0) }) else {
            return RoutingFault(
                field: field, "'\(shown)' is no name of a header",
                help: "letters, digits and - . ! % * _ + ` ' ~ make one")
        }
        guard !mayBeReserved, reserved.contains(name.lowercased()) else { return nil }
        return RoutingFault(
            field: field, "the header '\(shown)' belongs to SIP itself", help: "use a name of your own, as X-\(shown)")
    }

    private static func headerValue(_ name: String, _ value: String) -> RoutingFault? {
        let subject = "the value of the header '\(RoutingText.shown(name))'"
        if value.utf8.count > 1024 {
            return RoutingFault(field: "headers", "\(subject) has more than 1024 characters")
        }
        let hasControl = value.unicodeScalars.contains { $0.properties.generalCategory == .control }
        return hasControl ? RoutingFault(field: "headers", "\(subject) has a control character") : nil
    }
}

extension RoutingFault {
    /// A fault for every text that comes again.
    static func repeated(_ texts: [String], _ field: String) -> [RoutingFault] {
        var counts: [String: Int] = [:]
        for text in texts { counts[text, default: 0] += 1 }
        return counts.filter { $0.value > 1 }.keys.sorted().map {
            RoutingFault(field: field, "\(field) holds '\(RoutingText.shown($0))' twice", help: "keep one of them")
        }
    }
}
