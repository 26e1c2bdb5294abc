public import SwitchboardCore

/// What the engine asks of the program that embeds it.
public struct Host: Sendable {
    /// The door to the network.
    public var transport: any HTTPTransport
    /// The clock.
    public var time: TimeSource
    /// Finds the sandbox of this state folder and starts it when it is not running.
    public var sandbox: @Sendable () throws -> SandboxEndpoint
    /// Asks for a secret; nil where nobody can be asked or the answer does not come.
    public var askSecret: @Sendable (_ question: String, _ source: SecretSource) -> Secret?
    /// Asks the person whether to go on; true where nobody has to be asked, nil where nobody can be asked.
    public var confirm: (@Sendable (_ question: String) -> Bool)?
    /// Takes a line of the redacted request log.
    public var requestLog: (@Sendable (String) -> Void)?
    /// Watches the door.
    public var observe: @Sendable (DoorStep) -> Void
    /// The environment: the profile `env` reads the vendors' variables, and `connect` finds the home folder in HOME.
    public var environment: [String: String]
    /// Which files scripts may use.
    public var files = ScriptFiles()
    /// How many characters a line of a page of help may have.
    public var pageWidth: @Sendable () -> Int = { 100 }

    /// Makes a host.
    public init(
        transport: any HTTPTransport, time: TimeSource = .system,
        sandbox: @escaping @Sendable () throws -> SandboxEndpoint,
        askSecret: @escaping @Sendable (String, SecretSource) -> Secret? = { _, _ in nil },
        confirm: (@Sendable (String) -> Bool)? = { _ in true },
        requestLog: (@Sendable (String) -> Void)? = nil, observe: @escaping @Sendable (DoorStep) -> Void = { _ in },
        environment: [String: String] = [:]
    ) {
        self.transport = transport
        self.time = time
        self.sandbox = sandbox
        self.askSecret = askSecret
        self.confirm = confirm
        self.requestLog = requestLog
        self.observe = observe
        self.environment = environment
    }
}

extension Host {
    /// The same where no person is.
    var askingNobody: Host {
        var host = self
        host.confirm = nil
        host.askSecret = { _, _ in nil }
        return host
    }
}

/// Whom a command asks for a secret.
public enum SecretSource: Hashable, Sendable {
    /// The person at the terminal, without echo.
    case person
    /// Standard input, for its next line.
    case line
    /// Standard input, for all that is left of it, without one newline at its end.
    case input
}
