/// A block that stands in a pipeline, checked: a transaction, a wait or an explanation.
public struct BlockNode: Sendable {
    /// What is done with the block, by the word in front of it.
    public enum Kind: String, Hashable, Sendable {
        /// All of it is done, or nothing.
        case transaction
        /// It is asked again until it is true.
        case waitUntil = "wait-until"
        /// It is explained and not run.
        case explain
    }

    /// What is done with the block.
    public var kind: Kind
    /// The values of the flags that are given, by name.
    public var flags: [String: Node]
    /// The statements; the block's value is what they give.
    public var body: [Step]
    /// The word in the text.
    public var span: Span
}
