import Glibc

/// Whether something was typed that nobody has read yet.
public func isKeyWaiting() -> Bool {
    var source = pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)
    return poll(&source, 1, 0) > 0
}

/// What the line editor asks while a statement is typed.
///
/// Called on the editor's thread, must answer within milliseconds unless said otherwise. Offsets count bytes of UTF-8.
public struct LineHooks: Sendable {
    /// Whether Enter ends the statement; false makes it begin another line.
    ///
    /// Not asked of an `EditRequest`.
    public var isComplete: @Sendable (_ text: String) -> Bool
    /// What Tab does at the offset; may take up to 200 ms.
    public var complete: @Sendable (_ text: String, _ offset: Int) -> TabAnswer
    /// What stands at the right edge, as much of it as has room; nil for nothing.
    public var hint: @Sendable (_ text: String, _ offset: Int) -> String?
    /// The newest remembered statement older than `before` (nil: the newest of all) that contains the text (Ctrl-R).
    ///
    /// May take longer as long as no key waits (`isKeyWaiting`), and find nothing then: Enter asks again.
    public var search: @Sendable (_ query: String, _ before: Int?) -> FoundLine?
    /// How many columns before each further line of a statement, by the text in front of it (indentation by depth).
    public var indentation: @Sendable (_ text: String) -> Int
    /// How many statements a pasted text has; for more than one the editor says what Enter does.
    public var statements: @Sendable (_ text: String) -> Int

    /// Hooks that do nothing but those that are given: each line is a statement, Tab and the right edge stay empty.
    public init(
        isComplete: @escaping @Sendable (_ text: String) -> Bool = { _ in true },
        complete: @escaping @Sendable (_ text: String, _ offset: Int) -> TabAnswer = { _, offset in
            TabAnswer(start: offset, end: offset, replacement: "", items: [])
        },
        hint: @escaping @Sendable (_ text: String, _ offset: Int) -> String? = { _, _ in nil },
        search: @escaping @Sendable (_ query: String, _ before: Int?) -> FoundLine? = { _, _ in nil },
        indentation: @escaping @Sendable (_ text: String) -> Int = { _ in 0 },
        statements: @escaping @Sendable (_ text: String) -> Int = { _ in 1 }
    ) {
        self.isComplete = isComplete
        self.complete = complete
        self.hint = hint
        self.search = search
        self.indentation = indentation
        self.statements = statements
    }
}

/// What Tab does: bytes `start..<end` become `replacement`; where `items` is not empty, a second Tab lists them.
public struct TabAnswer: Sendable, Hashable {
    /// Where the replaced text begins, in bytes.
    public var start: Int
    /// Where the replaced text ends, in bytes.
    public var end: Int
    /// What stands there afterwards.
    public var replacement: String
    /// What could stand there.
    public var items: [ListItem]

    /// An answer.
    public init(start: Int, end: Int, replacement: String, items: [ListItem]) {
        self.start = start
        self.end = end
        self.replacement = replacement
        self.items = items
    }
}

/// One line of the list that a second Tab shows.
public struct ListItem: Sendable, Hashable {
    /// What would be typed.
    public var text: String
    /// What it is, in a few words; may be empty.
    public var help: String

    /// An item.
    public init(text: String, help: String) {
        self.text = text
        self.help = help
    }
}

/// A statement that Ctrl-R has found: its place for going on, its text, and what is shown beside it (time, profile).
public struct FoundLine: Sendable, Hashable {
    /// The `before` of a search for an older one.
    public var index: Int
    /// The whole statement.
    public var text: String
    /// What is shown beside it; may be empty.
    public var remark: String

    /// A statement.
    public init(index: Int, text: String, remark: String) {
        self.index = index
        self.text = text
        self.remark = remark
    }
}
