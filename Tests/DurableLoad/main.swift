import AllProviders
import FoundationEssentials
import Glibc
import Switchboard

// Journals steps that do nothing as fast as it goes, each by a row of its own, and prints how many seconds they take.
//
//   DurableLoad STATE-FOLDER STEPS WIDTH

let arguments = Array(CommandLine.arguments.dropFirst())
guard arguments.count == 3, let steps = Int(arguments[1]), let width = Int(arguments[2]) else {
    print("usage: DurableLoad STATE-FOLDER STEPS WIDTH")
    exit(64)
}
let store = try SQLiteStore.open(directory: arguments[0])
let engine = Engine(
    registry: try Registry(plugins: AllProviders.plugins, commands: Switchboard.commands + [Step.self]),
    store: store,
    host: Host(transport: CurlTransport(), sandbox: { throw SwitchboardError(.unsupported, "no sandbox") }))
let script = "range 1 \(steps) | each n --parallel \(width) { step $n }"
let request = Engine.Request(
    source: SourceText(name: "steps", text: script), profile: try engine.profile(Profile.sandboxName))
let start = ContinuousClock.now
let report = engine.run(request) { _ in }
let seconds = (ContinuousClock.now - start) / .seconds(1)
guard report.exitStatus == 0, try store.openIntents().isEmpty, let run = try store.runs(limit: 1).first,
    try store.intents(run: run.id).count == steps
else {
    print("not all of the steps are journaled: \(report.status)")
    exit(1)
}
print(seconds)
