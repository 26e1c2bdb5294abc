import SwitchboardCore
import SwitchboardEngine
import SwitchboardLanguage

/// How many items `first`, `last` and `sample` take: one or more.
enum ItemCount {
    /// The count of a call; nil where none is given.
    static func of(_ call: CommandCall, _ command: String) throws -> Int? {
        guard let count = call.int("count") else { return nil }
        if count < 1 { throw fault(command, count).error }
        return count
    }

    /// What is wrong with a count that is written outright.
    static func fault(in call: CallNode) -> TypeFault? {
        guard let count = call.literalText("count").flatMap(Int.init), count < 1 else { return nil }
        return fault(call.command, count)
    }

    private static func fault(_ command: String, _ count: Int) -> TypeFault {
        TypeFault("\(command) takes 1 or more, not \(count)", at: "count")
    }
}
