/// A text that is never shown: it prints as dots wherever it lands, and only `reveal()` gives it away.
public struct Secret: Hashable, Sendable {
    private let text: String

    /// Wraps a text.
    public init(_ text: String) { self.text = text }

    /// Returns the text itself, for the one place that has to send it.
    public func reveal() -> String { text }

    /// Whether it is no secret but what is shown in the place of one: nothing but dots or asterisks.
    public var isMask: Bool { !text.isEmpty && text.allSatisfy { "•●.*".contains($0) } }

    /// Equal byte for byte: a server does not know that an umlaut can be written in two ways.
    public static func == (left: Secret, right: Secret) -> Bool { left.text.utf8.elementsEqual(right.text.utf8) }
}

extension Secret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// Six dots, whatever the length.
    public var description: String { "••••••" }
    /// Six dots, whatever the length.
    public var debugDescription: String { description }
    /// A mirror without children.
    public var customMirror: Mirror { Mirror(self, children: []) }
}
