/// The words that cannot be names.
public enum ReservedWords {
    /// The words with grammar, in the order of the reference page.
    public static let statements = [
        "param", "use", "let", "def", "if", "else", "for", "in", "try", "catch", "return", "transaction", "each",
        "where", "wait-until", "explain",
    ]
    /// The operators that are words.
    public static let operators = ["and", "or", "not", "in", "has", "matches"]
    /// The literals that are words.
    public static let literals = ["true", "false", "nothing"]
    /// All of them.
    public static let all = Set(statements + operators + literals)
}
