import FoundationEssentials
import Glibc
import Switchboard
import SwitchboardTestKit
import Testing

/// Calls that come in by Twilio's programmable voice: from a number's webhook to the agent that answers, and from a
/// conference.
@Suite struct TwilioVoiceTests {
    private static let password = #"s3cret&"Pass<1>'"#
    private static let number = "+15105550100"

    /// A number's webhook leads to TwiML, that to LiveKit's SIP host, and its trunk and rule to the agent.
    @Test func aCallThatFollowsTheWebhookReachesTheAgent() async throws {
        let python = try #require(
            ProcessInfo.processInfo.environment["SWITCHBOARD_TEST_PYTHON"],
            "SWITCHBOARD_TEST_PYTHON does not name a Python with Twilio's client; run: scripts/test")
        try await Place.with { place in
            let livekit = try await Self.prepare(place)
            let twilio = try await place.sandbox(of: "twilio")
            try await twilio.seed(#"{"numbers":["\#(Self.number)"]}"#)
            let led = try await place.run(
                "-c",
                "let url = twilio twiml \(Self.number) --serve; let s = twilio twiml \(Self.number) --voice-url $url")
            #expect(led.status == 0, "\(led.errorText)")

            let script = URL(filePath: #filePath).deletingLastPathComponent()
                .appending(path: "../../Plugins/Twilio/Tests/Interop/follow_call.py").path
            let followed = try await Subprocess.run(python, ["-B", script, twilio.url, Self.number])
            #expect(followed.status == 0, "\(followed.errorText)")
            let call = try JSON(reading: followed.output)
            #expect(call["type"]?.text == "text/xml")
            #expect(call["uri"]?.text == "sip:\(Self.number)@sandbox01.sip.localhost;transport=tcp")
            let trunk = try #require(try await livekit.truth().inbound_trunks.first)
            #expect(call["password"]?.text == trunk.auth_password && trunk.auth_password == Self.password)
            #expect(call["username"]?.text == "bridge")

            let called = (call["uri"]?.text ?? "").dropFirst(4).prefix { $0 != "@" }
            let explained = try await place.run(
                "--jsonl", "-c", "explain-call +13105550100 \(called) | select .outcome .trunk_name .room .agents")
            #expect(
                explained.outputText == """
                    {"outcome":"answered","trunk_name":"twilio-voice","room":"call-_+13105550100_<random>",\
                    "agents":["support"]}

                    """)
        }
    }

    /// The password is in the file that only the user can read, and nowhere on the screen or in the ledger.
    @Test func thePasswordIsInTheFileAndNowhereElse() async throws {
        try await Place.with { place in
            _ = try await Self.prepare(place)
            try place.write("old", to: "voice.xml")
            let result = try await place.run("--json", "-c", "twilio twiml \(Self.number) --file ./voice.xml")
            #expect(result.status == 0, "\(result.errorText)")
            let path = place.folder + "/voice.xml"
            #expect(place.text(of: path)?.contains(#" password="s3cret&amp;&quot;Pass&lt;1&gt;'" "#) == true)
            var status = stat()
            #expect(stat(path, &status) == 0 && status.st_mode & 0o777 == 0o600)
            let said = result.outputText + result.errorText
            #expect(said.contains("••••••") && !said.contains("s3cret"), "\(said)")
            let holders = try await place.filesHolding("s3cret").split(separator: "\n")
            #expect(holders.allSatisfy { $0.contains("/sandbox/") || $0.hasSuffix("/voice.xml") }, "\(holders)")
        }
    }

    /// A number's calls are led away only where that is asked for, and back where the transaction around it fails.
    @Test func anEarlierVoiceURLStaysUnlessItIsReplaced() async throws {
        try await Place.with { place in
            _ = try await Self.prepare(place)
            let twilio = try await place.sandbox(of: "twilio")
            let (old, new) = ("https://u:s3cret@old.example/in", "https://new.example/twiml")
            try await twilio.seed(#"{"numbers":[{"phone_number":"\#(Self.number)","voice_url":"\#(old)"}]}"#)
            let lead = "twilio twiml \(Self.number) --voice-url \(new)"
            let steps: [(script: String, status: Int32, says: String, url: String)] = [
                (lead, 1, "error[R204]: \(Self.number) has another voice URL", old),
                ("transaction { \(lead) --replace; fail 'no' }", 1, "undone: set the voice URL of", old),
                ("\(lead) --replace", 0, "", new), (lead, 0, "that already: unchanged", new),
            ]
            for step in steps {
                let result = try await place.run("-c", step.script)
                #expect(result.status == step.status, "\(result.errorText)")
                #expect(step.says.isEmpty || result.errorText.contains(step.says), "\(result.errorText)")
                #expect(!result.errorText.contains("s3cret"), "\(result.errorText)")
                #expect(try await twilio.twilioTruth().accounts.flatMap(\.numbers).map(\.voice_url) == [step.url])
            }
            let holders = try await place.filesHolding("u:s3cret").split(separator: "\n")
            #expect(holders.allSatisfy { $0.contains("/sandbox/") }, "\(holders)")
        }
    }

    /// The URL may hold credentials, so the journal has none, and an undo says so beforehand.
    @Test func aVoiceURLThatNobodyKeepsIsNotUndone() async throws {
        try await Place.with { place in
            _ = try await Self.prepare(place)
            let twilio = try await place.sandbox(of: "twilio")
            let (old, new) = ("https://acme.example/old", "https://acme.example/new")
            try await twilio.seed(#"{"numbers":[{"phone_number":"\#(Self.number)","voice_url":"\#(old)"}]}"#)
            let lead = try await place.run("-c", "twilio twiml \(Self.number) --voice-url \(new) --replace")
            #expect(lead.status == 0, "\(lead.errorText)")
            let look = try await place.run("-c", "undo last --dry-run | select .result .why_not | to-json | print")
            #expect(look.outputText == #"[{"result":"left","why_not":"it takes a secret that is not kept"}]"# + "\n")
            #expect(look.status == 0, "\(look.errorText)")
            #expect(try await place.run("-c", "undo last").status == 6)
            #expect(try await twilio.twilioTruth().accounts.flatMap(\.numbers).map(\.voice_url) == [new])
        }
    }

    /// A lost answer is settled by asking what the voice URL is.
    @Test func aVoiceURLWhoseAnswerIsLostIsSet() async throws {
        try await Place.with { place in
            _ = try await Self.prepare(place)
            let twilio = try await place.sandbox(of: "twilio")
            try await twilio.seed(#"{"numbers":["\#(Self.number)"]}"#)
            try await twilio.fault(#"{"method":"UpdateIncomingPhoneNumber","fault":"lost_answer"}"#)
            let url = "https://new.example/twiml"
            let result = try await place.run("-c", "twilio twiml \(Self.number) --voice-url \(url)")
            #expect(result.status == 0, "\(result.errorText)")
            #expect(try await twilio.twilioTruth().accounts.flatMap(\.numbers).map(\.voice_url) == [url])
            #expect(try await place.openIntents() == 0)
        }
    }

    /// A profile that does not tell its SIP host is told so, with what tells it.
    @Test func withoutASIPHostThereIsNoTwiML() async throws {
        try await Place.with { place in
            let environment = [
                "LIVEKIT_URL": "http://127.0.0.1:9", "LIVEKIT_API_KEY": "k", "LIVEKIT_API_SECRET": "s",
            ]
            let result = try await place.run(
                ["--profile", "env", "-c", "twilio twiml \(Self.number)"], environment: environment)
            #expect(result.status == 4, "\(result.errorText)")
            #expect(result.errorText.contains("does not tell at which SIP host calls enter"), "\(result.errorText)")
            #expect(result.errorText.contains("--sip-host ID.sip.livekit.cloud"), "\(result.errorText)")

            let served = try await place.run(
                ["--profile", "env", "-c", "twilio twiml \(Self.number) --serve"], environment: environment)
            #expect(served.status == 1, "\(served.errorText)")
            #expect(served.errorText.contains("is not the sandbox"), "\(served.errorText)")
        }
    }

    struct Mishap: Sendable, CustomTestStringConvertible {
        var fault: String
        var method = "CreateParticipant"
        var isDone = true

        var testDescription: String { "\(method) \(fault)" }
    }

    /// Whatever becomes of the answer, the number is in the conference once, or not at all and nothing is open.
    @Test(arguments: [
        Mishap(fault: #""lost_answer","times":1"#), Mishap(fault: #""lost_answer""#),
        Mishap(fault: #""malformed","times":1"#), Mishap(fault: #""malformed""#),
        Mishap(fault: #""server_error","times":1"#), Mishap(fault: #""server_error","when":"after""#),
        Mishap(fault: #""rate_limited","times":1,"retry_after":0"#),
        Mishap(fault: #""slow","times":1,"delay_ms":400"#),
        Mishap(fault: #""server_error""#, isDone: false), Mishap(fault: #""revoked""#, isDone: false),
        Mishap(fault: #""server_error","code":"21226""#, isDone: false),
        Mishap(fault: #""server_error""#, method: "ListConference", isDone: false),
        Mishap(fault: #""server_error""#, method: "FetchParticipant", isDone: false),
    ])
    func aCallUnderAFault(_ mishap: Mishap) async throws {
        try await Place.with { place in
            _ = try await Self.prepare(place)
            let twilio = try await place.sandbox(of: "twilio")
            try await twilio.seed(#"{"conferences":[{"friendly_name":"standup"}]}"#)
            try await twilio.fault(#"{"method":"\#(mishap.method)","fault":\#(mishap.fault)}"#)
            let bridge = "twilio bridge standup \(Self.number) --from +13105550100"
            let result = try await place.run("-c", bridge)
            #expect((result.status == 0) == mishap.isDone, "\(result.errorText)")
            #expect(try await Self.participants(twilio) == (mishap.isDone ? 1 : 0))
            #expect(try await place.openIntents() == 0)

            try await twilio.mend()
            let again = try await place.run("-c", bridge)
            #expect(again.status == 0, "\(again.errorText)")
            #expect(again.errorText.contains("already: unchanged") == mishap.isDone)
            #expect(try await Self.participants(twilio) == 1)
            #expect(!(result.errorText + again.errorText).contains("s3cret"))
        }
    }

    /// The call is placed, its answer is lost, and nobody can be asked either; the next start asks.
    @Test func aCallThatNobodyTellsOfIsSettledByTheNextStart() async throws {
        try await Place.with { place in
            _ = try await Self.prepare(place)
            let twilio = try await place.sandbox(of: "twilio")
            try await twilio.seed(#"{"conferences":[{"friendly_name":"standup"}]}"#)
            try await twilio.fault(#"{"method":"CreateParticipant","fault":"lost_answer"}"#)
            // The looks before the call are answered, those after it are not.
            try await twilio.fault(#"{"method":"FetchParticipant","fault":"slow","times":2,"delay_ms":0}"#)
            try await twilio.fault(#"{"method":"FetchParticipant","fault":"server_error"}"#)
            let bridge = "twilio bridge standup \(Self.number) --from +13105550100"
            let result = try await place.run("-c", bridge)
            #expect(result.status == 6, "\(result.errorText)")
            #expect(
                result.errorText.contains(
                    "nobody can tell yet whether this happened: call \(Self.number) into the conference 'standup'"),
                "\(result.errorText)")
            #expect(try await place.openIntents() == 1)
            try await twilio.mend()
            let remarks = try await place.remarksOfAStart()
            #expect(remarks.contains("it had happened"), "\(remarks)")
            #expect(try await Self.participants(twilio) == 1)
            #expect(try await place.openIntents() == 0)
        }
    }

    // MARK: The world

    /// A trunk with a password, a rule and an agent behind it.
    private static func prepare(_ place: Place) async throws -> SandboxAdmin {
        let livekit = try await place.sandbox()
        let stored = try await place.run("-c", "secret set voice --stdin", input: password + "\n")
        #expect(stored.status == 0, "\(stored.errorText)")
        let made = try await place.run(
            "-c",
            """
            agent add support
            let password = (secret voice)
            let t = trunk create --name twilio-voice --numbers \(number) --auth-username bridge --auth-pass $password
            $t | dispatch create --individual call- --agents [support]
            """)
        #expect(made.status == 0, "\(made.errorText)")
        return livekit
    }

    private static func participants(_ twilio: SandboxAdmin) async throws -> Int {
        try await twilio.twilioTruth().accounts.flatMap(\.conferences).flatMap(\.participants).count
    }
}
