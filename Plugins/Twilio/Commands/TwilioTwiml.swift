import SwitchboardCommands
import SwitchboardCore
public import SwitchboardEngine
public import SwitchboardLanguage

/// Writes TwiML that leads the calls of a number to LiveKit.
public enum TwilioTwiml: OutsideCommand {
    /// The declaration.
    public static let signature = CommandSignature(
        "twilio twiml",
        summary: "show TwiML that leads a number's calls to the platform, for a TwiML Bin; its password shows as dots",
        parameters: SIPTarget.parameters + [
            Parameter("file", .flag, .path, help: "write it there with its password, for your eyes alone"),
            Parameter(
                "voice-url", .flag, .string,
                help: "have Twilio ask there, where the TwiML is served, for each call to the number"),
            Parameter("replace", .toggle, .bool, help: "also where the number has another voice URL"),
            Parameter(
                "serve", .toggle, .bool,
                help: "put it with its password into a TwiML Bin of the sandbox's Twilio, and return the Bin's URL"),
        ],
        output: .type(.string), effect: .changes, inverse: "the earlier voice URL; a file stays",
        examples: [
            .init(
                "twilio twiml +15105550100 --file ./twilio-voice.xml", "what to paste into a TwiML Bin", setUp: trunk),
            .init("twilio twiml +15105550100 --transport tls", "shown with dots for the password", setUp: trunk),
            .init("twilio twiml +15105550100 --serve", "a URL for a test to follow", setUp: trunk),
        ])

    /// What it hands to the door.
    public static let effects: [any Effect.Type] = [VoiceURLEffect.self]

    private static let trunk = "trunk create --name twilio-voice --numbers +15105550100"

    /// One file for the numbers of a list would hold the last one only.
    public static func fault(in call: CallNode) -> TypeFault? {
        guard call.arguments["file"] != nil, call.input?.element != nil else { return nil }
        return TypeFault(
            "--file holds the TwiML of one number, and a list flows in",
            help: "give each a file of its own: for n in (list) { twilio twiml $n.e164 --file \"./$n.e164.xml\" }",
            at: "file")
    }

    /// Why the file cannot be written, and why the URL is none that Twilio can be sent to.
    public static func faults(before call: KnownCall) -> [Diagnostic] {
        if let url = call.text("voice-url"), let fault = VoiceURLEffect.fault(in: url) {
            return [call.fault(.refusedArguments, fault.message, at: "voice-url", help: fault.help)]
        }
        return call.faults(ofFile: "file") { (path) throws(DataFault) in try DataFile.requireFolder(of: path) }
    }

    /// The file, and what is served.
    public static func outside(_ call: CommandCall) throws -> [PlannedChange] {
        var changes: [PlannedChange] = []
        if let path = call.text("file") {
            changes.append(PlannedChange(writing: path, by: signature.name))
        }
        if call.isSet("serve") {
            changes.append(
                PlannedChange(
                    kind: signature.name, subject: "serve", summary: "serve TwiML at the sandbox's twilio",
                    provider: "twilio", undoing: .by("sandbox reset")))
        }
        return changes
    }

    /// The same, and the voice URL.
    public static func plan(_ call: CommandCall) throws -> Value {
        let target = try SIPTarget(call)
        if let url = call.text("voice-url") {
            try VoiceURLEffect.carryOut(url, target.number, replacing: call.isSet("replace"), call.run)
        }
        try call.run.plan(try outside(call))
        if call.isSet("serve") { return .unknown(Placeholder(.string)) }
        return .string(try TwiML(target, password: target.password?.description).text)
    }

    /// Writes; the password goes into a file of the user's own and into the sandbox, and nowhere else.
    public static func run(_ call: CommandCall) throws -> Value {
        let emulator = call.isSet("serve") ? try EmulatorAdmin(of: "twilio", call.run) : nil
        let target = try SIPTarget(call)
        let document = try TwiML(target, password: target.password?.reveal())
        warn(of: target, isShown: call["file"] == nil && emulator == nil, call.run)
        if let url = call.text("voice-url") {
            try VoiceURLEffect.carryOut(url, target.number, replacing: call.isSet("replace"), call.run)
        }
        if let path = call.text("file") { try write(document, to: path, call.run) }
        if let emulator { return .string(try serve(document, for: target.number, at: emulator)) }
        return .string(try TwiML(target, password: target.password?.description).text)
    }

    private static func warn(of target: SIPTarget, isShown: Bool, _ run: RunSession) {
        if target.password == nil, target.trunk.allowedAddresses.isEmpty {
            run.note("\(target.trunk.title) asks for no password: whoever finds its address can call in by it")
        } else if target.password != nil, isShown {
            run.note("the password is left out; --file FILE writes the TwiML with it")
        }
        let explanation = target.explanation(of: target.trunk.allowedNumbers.first ?? "anonymous")
        if explanation.outcome == .rejected {
            run.note("warning: a call that comes this way reaches nobody: \(explanation.reason)")
        }
    }

    private static func write(_ document: TwiML, to path: String, _ run: RunSession) throws {
        let file = try AtomicFile(path, isPrivate: true)
        try file.write(document.text + "\n")
        run.files.willReplace(path)
        try file.commit()
        run.note("\(path) holds the TwiML; only you can read it")
    }

    private static func serve(_ document: TwiML, for number: E164, at emulator: EmulatorAdmin) throws -> String {
        let bin: JSON = ["friendly_name": .string(number.text), "twiml": .string(document.text)]
        let seeded = try emulator.ask("POST", "seed", ["twiml_bins": [bin]])
        guard let sid = seeded.elements?.first?["id"]?.text else {
            throw SwitchboardError(.badAnswer, "the emulator does not tell the TwiML Bin", provider: emulator.provider)
        }
        return "\(emulator.url)/twiml/\(sid)"
    }
}

extension TwiML {
    /// The document for a target, with its password or what stands for it.
    fileprivate init(_ target: SIPTarget, password: String?) throws {
        try self.init(dialing: target.uri, username: target.username, password: password)
    }
}
