import SwitchboardSandbox
import Testing

@Suite struct SandboxTimeTests {
    /// A second since 1970 in the words of mails and of the web.
    @Test(arguments: [
        (0, "Thu, 01 Jan 1970 00:00:00 +0000", "1970-01-01T00:00:00Z"),
        (1_790_278_772, "Thu, 24 Sep 2026 19:39:32 +0000", "2026-09-24T19:39:32Z"),
        (1_709_208_000, "Thu, 29 Feb 2024 12:00:00 +0000", "2024-02-29T12:00:00Z"),
        (-1, "Wed, 31 Dec 1969 23:59:59 +0000", "1969-12-31T23:59:59Z"),
    ])
    func printsWholeSeconds(_ seconds: Int64, _ mail: String, _ web: String) {
        let time = SandboxTime(microseconds: seconds * 1_000_000 + 999_999)
        #expect(time.rfc2822 == mail)
        #expect(time.iso8601 == web)
    }
}
