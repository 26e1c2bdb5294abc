import AllProviders
import Switchboard

/// What holds of every script, whatever is in it.
public enum ScriptInvariants {
    private static let registry = Result { try Switchboard.registry(plugins: AllProviders.plugins) }

    /// Reads and checks a text in every way in which hosts do.
    public static func check(_ bytes: [UInt8]) throws {
        let source = SourceText(name: "input.swb", bytes: bytes)
        let (script, faults) = Parser.parse(source)
        try requirePlaces(of: faults, in: source)
        let spans = script.statements.map(\.span)
        try require(zip(spans, spans.dropFirst()).allSatisfy { $0.end <= $1.start }, "two statements overlap")
        try requireCompleteness(String(decoding: bytes, as: UTF8.self), isSound: faults.isEmpty)
        try requireSameCheckTwice(source, faults)
    }

    private static func requireCompleteness(_ text: String, isSound: Bool) throws {
        let isComplete = Parser.isComplete(text)
        try require(isComplete || !isSound, "a text without a fault is not complete")
        _ = Parser.openBrackets(text)
    }

    private static func requireSameCheckTwice(_ source: SourceText, _ faults: [Diagnostic]) throws {
        let registry = try registry.get()
        let (program, found) = registry.check(source)
        try require(registry.check(source).diagnostics == found, "a second check finds something else")
        try require(faults.isEmpty || !found.isEmpty, "the check does not tell the parser's faults")
        try requirePlaces(of: found, in: program.source)
    }

    /// Every fault lies within the text and can be drawn, with nothing in it that acts on a terminal.
    private static func requirePlaces(of faults: [Diagnostic], in source: SourceText) throws {
        for fault in faults {
            let isInside = fault.span.start >= 0 && fault.span.start <= fault.span.end
            try require(isInside && fault.span.end <= source.bytes.count, "\(fault) lies outside the text")
            try require(fault.message.count < 4000, "\(fault) is endless")
        }
        let renderer = DiagnosticRenderer(source)
        for scalar in (renderer.render(faults) + renderer.json(faults)).unicodeScalars where scalar != "\n" {
            try require(!VisibleText.isHidden(scalar), "a picture holds U+\(String(scalar.value, radix: 16))")
        }
    }
}
