import FoundationEssentials
import SwitchboardCore
import Testing

@Suite struct TimestampTests {
    @Test(arguments: [
        ("2026-11-20", "2026-11-20T00:00:00Z"), ("2026-11-20T08:00:00Z", "2026-11-20T08:00:00Z"),
        ("2026-11-20T08:00:00+01:30", "2026-11-20T06:30:00Z"), ("2026-11-20T22:00:00-05:00", "2026-11-21T03:00:00Z"),
        ("2026-11-20T08:00:00.25Z", "2026-11-20T08:00:00.250Z"), ("2026-11-20T08:00:00.000Z", "2026-11-20T08:00:00Z"),
        ("2026-11-20T08:00:00.739773123Z", "2026-11-20T08:00:00.740Z"), ("2024-02-29", "2024-02-29T00:00:00Z"),
        ("2000-02-29", "2000-02-29T00:00:00Z"), ("1970-01-01", "1970-01-01T00:00:00Z"),
        ("1969-12-31T23:59:59.5Z", "1969-12-31T23:59:59.500Z"), ("0000-01-01", "0000-01-01T00:00:00Z"),
        ("9999-12-31T23:59:59Z", "9999-12-31T23:59:59Z"), ("2026-12-31T23:59:59.9996Z", "2027-01-01T00:00:00Z"),
    ])
    func readsAndWrites(_ text: String, _ written: String) throws {
        let time = try #require(Timestamp.parse(text))
        #expect(Timestamp.text(time) == written)
    }

    @Test(arguments: [
        "", "2026", "2026-11", "2026-02-30", "2025-02-29", "1900-02-29", "2026-13-01", "2026-00-10", "2026-04-31",
        "2026-11-00",
        "2026-11-20T25:00:00Z", "2026-11-20T24:00:00Z", "2026-11-20T08:60:00Z", "2026-11-20T08:00:60Z",
        "2026-11-20T08:00Z", "2026-11-20T08:00:00", "2026-11-20 08:00:00Z", "2026-11-20t08:00:00z",
        "2026-11-20T08:00:00.Z",
        "2026-11-20T08:00:00.1234567890Z", "2026-11-20T08:00:00+24:00", "2026-11-20T08:00:00+0100",
        "2026-11-20T08:00:00ZZ",
        " 2026-11-20", "2026-11-20 ", "20261120", "26-11-20", "-026-11-20", "٢٠٢٦-11-20", "0000-01-01T00:00:00+00:01",
    ])
    func refusesEverythingElse(_ text: String) {
        #expect(Timestamp.parse(text) == nil)
    }

    @Test func countsAsUnixDoes() {
        #expect(Timestamp.parse("2026-11-20T08:00:00Z")?.timeIntervalSince1970 == 1_795_161_600)
        #expect(Timestamp.parse("2001-09-09T01:46:40Z")?.timeIntervalSince1970 == 1_000_000_000)
    }

    @Test func everyDayAroundLeapYearsReturns() {
        for day in -3_000..<12_000 {
            let time = Date(timeIntervalSince1970: Double(day) * 86_400)
            let text = Timestamp.text(time)
            if Timestamp.parse(String(text.prefix(10))) != time {
                Issue.record("\(text) is not day \(day)")
                return
            }
        }
    }

    @Test func writesTheNearestTimeThatHasAText() {
        #expect(Timestamp.text(Date(timeIntervalSince1970: 1e300)) == "9999-12-31T23:59:59.999Z")
        #expect(Timestamp.text(Date(timeIntervalSince1970: -1e300)) == "0000-01-01T00:00:00Z")
    }
}
