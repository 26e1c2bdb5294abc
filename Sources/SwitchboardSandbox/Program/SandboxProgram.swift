import Glibc

/// The sandbox program: starts the emulators, waits until it is not needed any more, stops them.
public struct SandboxProgram {
    private let emulators: [any Emulator.Type]

    /// Makes a program that runs the emulators, in the order of their ports.
    public init(emulators: [any Emulator.Type]) { self.emulators = emulators }

    /// Runs until a signal or idleness ends it; returns the exit status.
    public func run(_ arguments: [String]) -> Int32 {
        do {
            let options = try SandboxOptions(arguments)
            if options.isHelp {
                Self.print(SandboxOptions.help)
                return 0
            }
            Self.raiseFileLimit()
            return try run(options)
        } catch {
            Self.complain(String(describing: error))
            return 1
        }
    }

    private func run(_ options: SandboxOptions) throws -> Int32 {
        let folder = try options.state.map { path throws(SeedRefusal) in try StateFolder(path: path) }
        let lock = try folder.flatMap { folder in try takeLock(of: folder, options) }
        if let folder, lock == nil {
            if options.isOnDemand { return 0 }
            throw SeedRefusal("another sandbox runs on \(folder.path)")
        }
        folder?.removeEndpoint()
        let signals = Signals()
        let activity = ActivityClock()
        let listeners = try start(options, folder, activity)
        try folder?.writePorts(listeners)
        try folder?.writeEndpoint(listeners)
        if !options.isOnDemand { announce(listeners, folder) }
        let users =
            options.isOnDemand
            ? waitWhileNeeded(signals, activity, options.idle, folder) : waitForSignal(signals)
        folder?.removeEndpoint()
        for listener in listeners { listener.stopAndWait() }
        lock?.release()
        users?.release()
        return 0
    }

    /// Takes the sandbox's lock.
    ///
    /// On demand, one that is held by a sandbox which is leaving is waited for: when this returns nil, a sandbox runs
    /// and says where.
    private func takeLock(of folder: StateFolder, _ options: SandboxOptions) throws -> FolderLock? {
        for _ in 0..<500 {
            if let lock = try folder.lock("lock") { return lock }
            if !options.isOnDemand || folder.hasEndpoint { return nil }
            usleep(20_000)
        }
        throw SeedRefusal("another sandbox holds \(folder.path) and does not say where it listens")
    }

    private func start(
        _ options: SandboxOptions, _ folder: StateFolder?, _ activity: ActivityClock
    ) throws -> [SandboxListener] {
        let store = try folder.map { folder throws(StoreFailure) in try DocumentStore(path: folder.database) }
        let last = folder?.ports() ?? [:]
        return try emulators.enumerated().map { index, type in
            let context = try EmulatorContext(
                emulator: type.name, store: store ?? .inMemory, inventory: options.inventory, activity: activity)
            let emulator = try type.init(context: context)
            if let port = options.port {
                guard let own = UInt16(exactly: Int(port) + index) else {
                    throw PortError(port: port, isTaken: false, code: EINVAL)
                }
                return try SandboxListener(emulator: emulator, context: context, port: own)
            }
            if let port = last[type.name],
                let listener = try? SandboxListener(emulator: emulator, context: context, port: port)
            {
                return listener
            }
            return try SandboxListener(emulator: emulator, context: context)
        }
    }

    private func announce(_ listeners: [SandboxListener], _ folder: StateFolder?) {
        var text = "Sandbox: nothing real is bought.\n"
        for listener in listeners {
            let connection = listener.connection
            text += "\n\(type(of: listener.emulator).name)\n"
            text += Self.lines(connection.plain) + Self.lines(connection.secrets)
            for account in connection.accounts {
                text += "  \(account.name)\n" + Self.lines(account.plain, 4) + Self.lines(account.secrets, 4)
            }
        }
        text += folder.map { "\nThe state is kept in \($0.path).\n" } ?? "\nThe state is forgotten at the end.\n"
        Self.print(text + "Ctrl-C stops it.\n")
    }

    private func waitForSignal(_ signals: Signals) -> FolderLock? {
        while !signals.wait(milliseconds: -1) {}
        return nil
    }

    /// Returns at a signal, with the users' lock when nothing was asked for a while and no program holds it, or when the
    /// folder is gone and with it the way to find this process.
    private func waitWhileNeeded(
        _ signals: Signals, _ activity: ActivityClock, _ idle: Int, _ folder: StateFolder?
    ) -> FolderLock? {
        while !signals.wait(milliseconds: 500) {
            if folder?.hasEndpoint == false { return nil }
            guard activity.idle >= .seconds(idle), let users = try? folder?.lock("users") else { continue }
            return users
        }
        return nil
    }

    private static func lines(_ texts: [String: String], _ indent: Int = 2) -> String {
        let margin = String(repeating: " ", count: indent)
        return texts.sorted { $0.key > $1.key }.map { "\(margin)\($0.key): \($0.value)\n" }.joined()
    }

    private static func raiseFileLimit() {
        var limit = rlimit()
        guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return }
        limit.rlim_cur = min(limit.rlim_max, max(limit.rlim_cur, 16384))
        setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
    }

    private static func print(_ text: String) {
        Swift.print(text, terminator: "")
        fflush(nil)
    }

    private static func complain(_ text: String) {
        let line = Array("switchboard-sandbox: \(text)\n".utf8)
        _ = write(2, line, line.count)
    }
}
