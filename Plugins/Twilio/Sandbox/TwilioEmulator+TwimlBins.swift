import SwitchboardSandbox
import Synchronization

extension TwilioEmulator {
    /// What a TwiML Bin answers, whoever asks; nil for the path of no Bin.
    func twiml(_ request: SandboxRequest) -> SandboxAnswer? {
        let segments = request.path.split(separator: "/", omittingEmptySubsequences: false).dropFirst()
        guard let sid = Kind.twimlBin.type.route.match(segments)?["sid"] else { return nil }
        guard let bin = world.withLock({ $0[.twimlBin, sid] }) else { return TwilioError.notFound(request.path).answer }
        return SandboxAnswer(status: 200, contentType: "text/xml", body: Array(bin.text("twiml").utf8))
    }
}
