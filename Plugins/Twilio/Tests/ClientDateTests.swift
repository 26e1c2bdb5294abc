import FoundationEssentials
import Testing

@testable import TwilioProvider

/// Twilio's two ways to write a time.
@Suite struct ClientDateTests {
    @Test(arguments: [
        "Thu, 30 Jul 2026 23:19:04 +0000", "30 Jul 2026 23:19:04 GMT", "Fri, 31 Jul 2026 01:19:04 +0200",
        "Thu, 30 Jul 2026 16:19:04 -0700", "2026-07-30T23:19:04Z", "2026-07-30T23:19:04.512Z",
        "2026-07-31T01:19:04+02:00",
    ])
    func readsBoth(text: String) {
        #expect(TwilioDate(text: text).date == Date(timeIntervalSince1970: 1_785_453_544))
    }

    @Test(arguments: [
        "", "yesterday", "Thu, 30 Foo 2026 23:19:04 +0000", "Thu, 99 Jul 2026 23:19:04 +0000", "2026-07-30",
        "Thu, 30 Jul 2026 23:19:04",
    ])
    func keepsTheTextOfOthers(text: String) {
        let date = TwilioDate(text: text)
        #expect(date.date == nil)
        #expect(date.text == text)
    }
}
