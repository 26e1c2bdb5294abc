import Switchboard
import SwitchboardTestKit

/// A command of the host's own.
enum Greet: Command {
    static let signature = CommandSignature(
        "greet", summary: "greet whoever has the number",
        parameters: [Parameter("number", .positional, .phone, isRequired: true, isMain: true, help: "whom")],
        output: .type(.string), examples: [.init("greet +14155550100", "says hello")])

    static func run(_ call: CommandCall) throws -> Value { .string("hello, \(try call.required("number"))") }
}

@main
enum EmbeddingExample {
    static let script = """
        param --area: string
        for n in (search fake --area-code $area) { print (greet $n.e164) ($n | purchase).status }
        """

    static func main() async throws {
        // A vendor in memory; a real one has its own plugin, and its settings in the profile.
        let carrier = FakeCarrier(time: .system)
        for digits in ["+14155550100", "+14155550101", "+14155550102"] {
            guard let number = E164(digits) else { continue }
            carrier.offer([AvailableNumber(provider: "fake", e164: number, countryCode: "US", areaCode: "415")])
        }
        let engine = try Engine(
            plugins: [Plugin(provider: FakeProvider.self)], commands: [Greet.self], host: Host(transport: carrier))
        let request = Engine.Request(
            text: script, profile: Profile(name: "demo", origin: .given([:])), parameters: ["area": "415"],
            limits: Limits(purchases: 2))
        let report = await engine.run(request) { event in
            if case .print(let line) = event { print(line) }
        }
        print(DiagnosticRenderer(report.source).render(report.diagnostics))
        print("status \(report.exitStatus), bought \(carrier.purchases.count)")
    }
}
