import AllProviders
import FoundationEssentials
import Glibc
import Switchboard

// Runs statements with the stock engine and kills itself, as SIGKILL does, when the door reaches a step.
//
//   DoorVictim STATE-FOLDER SANDBOX-PROGRAM STEP KIND STATEMENTS
//
// STEP is begins, intentWritten, performed or settled; KIND is the effect's, such as purchase. A run that never reaches
// the step ends with the run's own exit status. Besides the stock commands there is `safe lock`, whose change carries a
// secret.

let arguments = Array(CommandLine.arguments.dropFirst())
guard arguments.count == 5 else {
    print("usage: DoorVictim STATE-FOLDER SANDBOX-PROGRAM STEP KIND STATEMENTS")
    exit(64)
}
exit(try Victim(arguments).run())

struct Victim {
    let arguments: [String]

    init(_ arguments: [String]) { self.arguments = arguments }

    func run() throws -> Int32 {
        let (step, kind) = (arguments[2], arguments[3])
        let sandbox = SandboxProcess(stateFolder: arguments[0], executable: arguments[1])
        var host = Host(transport: CurlTransport(), sandbox: { try sandbox.endpoint() })
        host.observe = { reached in
            let (name, intent) = Self.name(of: reached)
            if name == step && intent.kind == kind { kill(getpid(), SIGKILL) }
        }
        let engine = Engine(
            registry: try Registry(
                plugins: AllProviders.plugins, commands: Switchboard.commands + [SafeLock.self]),
            store: try SQLiteStore.open(directory: arguments[0]), host: host)
        let request = Engine.Request(
            source: SourceText(name: "victim", text: arguments[4]), profile: try engine.profile(Profile.sandboxName))
        return engine.run(request) { _ in }.exitStatus
    }

    private static func name(of step: DoorStep) -> (String, Intent) {
        switch step {
        case .begins(let intent): ("begins", intent)
        case .intentWritten(let intent): ("intentWritten", intent)
        case .performed(let intent): ("performed", intent)
        case .settled(let intent): ("settled", intent)
        }
    }
}
