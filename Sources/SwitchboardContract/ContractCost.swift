/// What a case takes of the account that it is run against, the least first.
public enum ContractCost: Int, Sendable, Comparable {
    /// It reads, or what it asks for never leaves the machine.
    case nothing
    /// It buys one number and gives it up again.
    case oneNumber
    /// It buys and changes as it likes, which only a sandbox is for.
    case sandbox

    /// The order of what they take.
    public static func < (left: ContractCost, right: ContractCost) -> Bool { left.rawValue < right.rawValue }
}
