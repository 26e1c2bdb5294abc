/// Faults with stable codes, each of which has a page in the reference.
public protocol CodedFault: CaseIterable, Sendable {
    /// A letter and three digits.
    var code: String { get }
    /// What the reference says of it.
    var page: FaultPage { get }
}

extension CodedFault where Self: RawRepresentable, RawValue == String {
    /// The raw value.
    public var code: String { rawValue }
}

/// What the reference says of one code; the page, `help CODE` and the tests read it.
public struct FaultPage: Hashable, Sendable {
    /// What the code means, one sentence that begins in lower case and has no final period.
    public var meaning: String
    /// What to do about it, in sentences.
    public var advice: String
    /// A script that gives it; nil where none does at will.
    public var example: FaultExample?

    /// Makes a page.
    public init(_ meaning: String, advice: String, example: FaultExample?) {
        self.meaning = meaning
        self.advice = advice
        self.example = example
    }
}

/// A script that gives a fault, and what the reader sees of it.
public struct FaultExample: Hashable, Sendable, ExpressibleByStringLiteral {
    /// The script, kept in `example.swb`.
    public var script: String
    /// The script as a page shows it, where it is longer than anyone wants to read.
    public var shown: String
    /// The files beside it, each with its name.
    public var files: [File]
    /// Options of the program in front of `run`.
    public var options: [String]
    /// Whether the script and its files are saved in Latin-1 and not in UTF-8.
    public var isLatin1: Bool
    /// What the program says, with `<id>` for one word that differs from run to run; nil where the check alone finds the
    /// fault and draws it.
    public var picture: String?

    /// A file beside the script.
    public struct File: Hashable, Sendable {
        /// The name.
        public var name: String
        /// The content.
        public var text: String
    }

    /// Makes an example.
    public init(
        _ script: String, shown: String? = nil, files: KeyValuePairs<String, String> = [:], options: [String] = [],
        isLatin1: Bool = false, picture: String? = nil
    ) {
        self.script = script
        self.shown = shown ?? script
        self.files = files.map { File(name: $0.key, text: $0.value) }
        self.options = options
        self.isLatin1 = isLatin1
        self.picture = picture
    }

    /// A script that is all there is to it.
    public init(stringLiteral script: String) { self.init(script) }

    /// The script as a file, which is what the check reads.
    public var source: SourceText { SourceText(name: "example.swb", bytes: bytes(of: script + "\n")) }

    /// The bytes of the script or of a file.
    public func bytes(of text: String) -> [UInt8] {
        isLatin1 ? text.unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) } : Array(text.utf8)
    }
}
