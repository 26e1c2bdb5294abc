public import SwitchboardCore

/// What the engine asks of the program that embeds it.
public struct Host: Sendable {
    /// The door to the network.
    public var transport: any HTTPTransport
    /// The clock.
    public var time: TimeSource
    /// Finds the sandbox of this state folder and starts it when it is not running.
    public var sandbox: @Sendable () throws -> SandboxEndpoint
    /// Asks the person for a secret without echo, or reads it from standard input where the flag for that is given;
    /// nil where nobody can be asked.
    public var askSecret: @Sendable (_ question: String, _ fromInput: Bool) -> Secret?
    /// Takes a line of the redacted request log.
    public var requestLog: (@Sendable (String) -> Void)?
    /// Watches the door.
    public var observe: @Sendable (DoorStep) -> Void
    /// The environment: the profile `env` reads the vendors' variables, and `connect` finds the home folder in HOME.
    public var environment: [String: String]

    /// Makes a host.
    public init(
        transport: any HTTPTransport, time: TimeSource = .system,
        sandbox: @escaping @Sendable () throws -> SandboxEndpoint,
        askSecret: @escaping @Sendable (String, Bool) -> Secret? = { _, _ in nil },
        requestLog: (@Sendable (String) -> Void)? = nil, observe: @escaping @Sendable (DoorStep) -> Void = { _ in },
        environment: [String: String] = [:]
    ) {
        self.transport = transport
        self.time = time
        self.sandbox = sandbox
        self.askSecret = askSecret
        self.requestLog = requestLog
        self.observe = observe
        self.environment = environment
    }
}
