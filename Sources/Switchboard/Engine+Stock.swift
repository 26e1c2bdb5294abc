public import SwitchboardCore
public import SwitchboardEngine
import SwitchboardHTTP
import SwitchboardStore

extension Engine {
    /// Makes an engine of the stock commands, these plugins and the host's own commands.
    ///
    /// The ledger and the journal are kept in the state folder, which is made where it is missing; without one they are
    /// kept in memory and end with the program, which is no way to spend money. Throws `store_unavailable`, and
    /// `invalid_argument` where two plugins or two commands have one name.
    public convenience init(
        plugins: [Plugin], commands: [any Command.Type] = [], state: String? = nil, host: Host = Host()
    ) throws {
        let registry = try Registry(plugins: plugins, commands: Switchboard.commands + commands)
        let store: any Store = try state.map { try SQLiteStore.open(directory: $0) } ?? MemoryStore()
        self.init(registry: registry, store: store, host: host)
    }
}

extension Host {
    /// Makes a host of a program that has no sandbox; its network is the real one unless another is given.
    public init(transport: any HTTPTransport = CurlTransport()) {
        self.init(transport: transport) {
            throw SwitchboardError(
                .unsupported, "this program has no sandbox", help: "run with a profile of the host's own")
        }
    }
}
