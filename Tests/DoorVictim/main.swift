import AllProviders
import FoundationEssentials
import Glibc
import Switchboard

// Runs statements with the stock engine and kills itself, as SIGKILL does, when the door reaches a step.
//
//   DoorVictim STATE-FOLDER SANDBOX-PROGRAM STEP KIND STATEMENTS
//   DoorVictim STATE-FOLDER SANDBOX-PROGRAM TURN FILE
//
// STEP is begins, intentWritten, performed or settled; KIND is the effect's, such as purchase. TURN is a number: of all
// steps of the door and all commits of the journal it is that one, and FILE is a script. A run that comes to its end before
// ends with the run's own exit status. Besides the stock commands there is `safe lock`, whose change carries a secret.

let arguments = Array(CommandLine.arguments.dropFirst())
switch arguments.count {
case 4:
    guard let turn = Int(arguments[2]) else { usage() }
    let script = try Data(contentsOf: URL(filePath: arguments[3]))
    let victim = Victim(state: arguments[0], sandbox: arguments[1]) { _, _ in Turns.take() }
    Turns.die(at: turn)
    exit(try victim.run(SourceText(name: arguments[3], bytes: Array(script))))
case 5:
    let victim = Victim(state: arguments[0], sandbox: arguments[1]) { step, kind in
        if step == arguments[2] && kind == arguments[3] { kill(getpid(), SIGKILL) }
    }
    exit(try victim.run(SourceText(name: "victim", text: arguments[4])))
default: usage()
}

func usage() -> Never {
    print("usage: DoorVictim STATE-FOLDER SANDBOX-PROGRAM (STEP KIND STATEMENTS | TURN FILE)")
    exit(64)
}

/// The stock engine with an eye on its door.
struct Victim {
    let state: String
    let sandbox: String
    /// Takes the step that the door has reached, and the kind of the effect.
    let reached: @Sendable (String, String) -> Void

    func run(_ source: SourceText) throws -> Int32 {
        let sandbox = SandboxProcess(stateFolder: state, executable: sandbox)
        var host = Host(transport: CurlTransport(), sandbox: { try sandbox.endpoint() })
        host.observe = { step in
            let (name, intent) = Self.name(of: step)
            reached(name, intent.kind)
        }
        let engine = Engine(
            registry: try Registry(
                plugins: AllProviders.plugins, commands: Switchboard.commands + [SafeLock.self]),
            store: try SQLiteStore.open(directory: state), host: host)
        let request = Engine.Request(source: source, profile: try engine.profile(Profile.sandboxName))
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
