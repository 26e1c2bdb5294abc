import SwitchboardCore
import Testing

@Suite struct DurationTextTests {
    @Test(
        arguments: [
            ("90s", 90_000, "1m30s"), ("250ms", 250, "250ms"), ("15m", 900_000, "15m"), ("1h30m", 5_400_000, "1h30m"),
            ("7d", 604_800_000, "7d"), ("2w", 1_209_600_000, "14d"), ("36h", 129_600_000, "1d12h"), ("0s", 0, "0s"),
            ("1w2d3h4m5s6ms", 788_645_006, "9d3h4m5s6ms"), ("1s1ms", 1001, "1s1ms"), ("1m", 60_000, "1m"),
            ("60m", 3_600_000, "1h"),
        ] as [(String, Int64, String)])
    func readsAndWrites(_ text: String, _ milliseconds: Int64, _ written: String) throws {
        let duration = try #require(DurationText.parse(text))
        #expect(duration == .milliseconds(milliseconds))
        #expect(DurationText.text(duration) == written)
        #expect(DurationText.parse(written) == duration)
    }

    @Test(arguments: [
        "", "s", "90", "90 s", "1.5h", "-5s", "+5s", "30m1h", "1s1s", "1S", "1min", "1h30", "5y", " 5s", "٣s", "1mss",
        "99999999999999999999s", "9223372036854775807w", "15250284452w9223372036854775807ms",
    ])
    func refusesEverythingElse(_ text: String) {
        #expect(DurationText.parse(text) == nil)
    }

    @Test func writesWhatNoLiteralSays() {
        #expect(DurationText.text(.seconds(-5400)) == "-1h30m")
        #expect(DurationText.text(.milliseconds(-250)) == "-250ms")
        #expect(DurationText.text(.microseconds(999)) == "0s")
        #expect(DurationText.text(.microseconds(-999)) == "0s")
        #expect(DurationText.text(.seconds(Int64.min)).hasPrefix("-106751991167300d"))
    }
}
