import SwitchboardCore

/// One field of a resource: what it prints, and by which parameter it is set.
struct Field: Sendable {
    /// Where the printed value comes from.
    enum Source: Sendable {
        case value
        /// A value that is kept and never printed.
        case secret
        case sid, account, parent, created, updated, location
        /// Where the lists below the resource are found: their names with the last part of their paths.
        case links(KeyValuePairs<String, String>)
        /// What follows from other things.
        case computed(@Sendable (TwilioWorld, Resource) -> JSON)
    }

    let name: String
    let source: Source
    /// The parameter that sets it; nil where only Twilio does.
    let parameter: String?
    /// What it is when nothing was set.
    let initial: JSON
    private let reading: Reading?

    init(
        _ name: String, _ source: Source = .value, by parameter: String? = nil, _ reading: Reading? = nil,
        initially initial: JSON = .null
    ) {
        self.name = name
        self.source = source
        self.parameter = parameter
        self.reading = reading
        self.initial = initial
    }

    /// A field with the name of its parameter, in snake_case.
    static func set(_ parameter: String, _ reading: Reading, initially initial: JSON = .null) -> Field {
        var name = ""
        for letter in parameter {
            if letter.isUppercase, !name.isEmpty { name += "_" }
            name += letter.lowercased()
        }
        return Field(name, by: parameter, reading, initially: initial)
    }

    /// The value that a parameter's text sets; nil where it clears the field.
    func read(_ text: String) throws(TwilioError) -> JSON? {
        guard let reading else { return .string(text) }
        return try reading.read(text, parameter ?? name)
    }

    static let sid = Field("sid", .sid)
    static let account = Field("account_sid", .account)
    static let created = Field("date_created", .created)
    static let updated = Field("date_updated", .updated)
    static let uri = Field("uri", .location)
    static let url = Field("url", .location)
}

/// How a parameter's text becomes a value, and the code of the refusal where it does not.
struct Reading: Sendable {
    let read: @Sendable (_ text: String, _ parameter: String) throws(TwilioError) -> JSON?

    init(_ read: @escaping @Sendable (String, String) throws(TwilioError) -> JSON?) { self.read = read }

    /// A text of so many characters; the empty text clears where it may.
    static func text(_ lengths: ClosedRange<Int>, else code: Int) -> Reading {
        Reading { text, name throws(TwilioError) in
            guard lengths.contains(text.unicodeScalars.count) else {
                throw TwilioError(code, "\(name) has \(lengths.lowerBound) to \(lengths.upperBound) characters.")
            }
            return text.isEmpty ? nil : .string(text)
        }
    }

    /// `true` or `false`, whatever the case.
    static func bool(else code: Int = 20001) -> Reading {
        Reading { text, name throws(TwilioError) in
            if text.isEmpty { return nil }
            guard let value = Bool(text.lowercased()) else { throw TwilioError(code, "\(name) is true or false.") }
            return .bool(value)
        }
    }

    static func integer(_ range: ClosedRange<Int>, else code: Int) -> Reading {
        Reading { text, name throws(TwilioError) in
            guard let value = Int(text), range.contains(value) else {
                throw TwilioError(code, "\(name) is a number from \(range.lowerBound) to \(range.upperBound).")
            }
            return .integer(value)
        }
    }

    static func choice(_ choices: [String], else code: Int = 20001) -> Reading {
        Reading { text, name throws(TwilioError) in
            if text.isEmpty { return nil }
            guard choices.contains(text) else {
                throw TwilioError(code, "\(name) is one of \(choices.joined(separator: ", ")).")
            }
            return .string(text)
        }
    }

    /// A whole URL of the web.
    static func url(else code: Int = 21402) -> Reading {
        Reading { text, name throws(TwilioError) in
            if text.isEmpty { return nil }
            let rest = ["http://", "https://"].first { text.lowercased().hasPrefix($0) }.map {
                text.dropFirst($0.count)
            }
            guard let rest, let first = rest.first, first != "/", !text.contains(" ") else {
                throw TwilioError(code, "\(name) is not a valid URL: \(text)")
            }
            return .string(text)
        }
    }

    static let method = choice(["GET", "POST"], else: 21403)

    /// An id with the prefix.
    static func sid(_ prefix: String, else code: Int = 20001) -> Reading {
        Reading { text, name throws(TwilioError) in
            if text.isEmpty { return nil }
            guard TwilioSid.isOne(text, prefix) else { throw TwilioError(code, "\(name) is not a valid sid: \(text)") }
            return .string(text)
        }
    }
}
