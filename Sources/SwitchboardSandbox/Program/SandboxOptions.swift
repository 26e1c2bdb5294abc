/// The command line of the sandbox program.
public struct SandboxOptions: Hashable, Sendable {
    /// The first listener's port, the others following; nil for free ports.
    public var port: UInt16?
    /// The folder that keeps the state; nil keeps it in memory.
    public var state: String?
    /// How many numbers are on offer.
    public var inventory = EmulatorContext.Inventory.standard
    /// Whether it runs for other programs: silent, one per folder, leaving when idle.
    public var isOnDemand = false
    /// How many seconds without a request make it look whether anybody needs it.
    public var idle = 60
    /// Whether only the help is wanted.
    public var isHelp = false

    /// The text of `--help`.
    public static let help = """
        usage: switchboard-sandbox [--port N] [--state DIR] [--inventory wide] [--on-demand [--idle SECONDS]]

        Runs the vendors' emulators on 127.0.0.1 until it is interrupted. Nothing real is bought.

          --port N           the first emulator listens on N, the others on the ports that follow
          --state DIR        keep numbers, rules and fault switches in DIR; without it they are forgotten
          --inventory wide   offer 50 times as many numbers
          --on-demand        run silently for the programs that use DIR, one sandbox for each DIR, and leave when
                             none is left; prints nothing, and says where it listens in DIR/endpoint.json
          --idle SECONDS     how long nothing must have been asked before it leaves (60)

        """

    /// Reads the arguments; throws `SeedRefusal` with the sentence that says what is wrong.
    public init(_ arguments: [String]) throws(SeedRefusal) {
        var rest = arguments[...]
        while let argument = rest.popFirst() {
            switch argument {
            case "--port": port = UInt16(try Self.number(argument, rest.popFirst(), 1...65535))
            case "--state": state = try Self.value(argument, rest.popFirst())
            case "--idle": idle = try Self.number(argument, rest.popFirst(), 1...86400)
            case "--inventory":
                let name = try Self.value(argument, rest.popFirst())
                guard let size = EmulatorContext.Inventory(rawValue: name) else {
                    throw SeedRefusal("--inventory is standard or wide, not '\(name)'")
                }
                inventory = size
            case "--on-demand": isOnDemand = true
            case "--help", "-h": isHelp = true
            default: throw SeedRefusal("unknown argument '\(argument)'; see --help")
            }
        }
        if isOnDemand, state == nil { throw SeedRefusal("--on-demand needs --state DIR") }
    }

    private static func value(_ name: String, _ value: String?) throws(SeedRefusal) -> String {
        guard let value, !value.isEmpty else { throw SeedRefusal("\(name) needs a value") }
        return value
    }

    private static func number(
        _ name: String, _ value: String?, _ range: ClosedRange<Int>
    ) throws(SeedRefusal) -> Int {
        guard let number = Int(try Self.value(name, value)), range.contains(number) else {
            throw SeedRefusal("\(name) is a number from \(range.lowerBound) to \(range.upperBound)")
        }
        return number
    }
}
