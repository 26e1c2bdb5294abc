import Switchboard
import Testing

@testable import SwitchboardTool

@Suite struct TimingTextTests {
    @Test(arguments: [
        (Duration.microseconds(440), "0.4 ms"), (.microseconds(9_940), "9.9 ms"), (.microseconds(9_960), "10 ms"),
        (.milliseconds(212), "212 ms"), (.microseconds(999_600), "1.0 s"), (.milliseconds(1_940), "1.9 s"),
        (.milliseconds(59_980), "1m"), (.seconds(130), "2m10s"),
    ])
    func timesAreShort(duration: Duration, text: String) {
        #expect(TimingText.line(nil, took: duration) == text)
    }

    @Test func rowsOfAListAreCounted() {
        let rows = Value.list([.int(1), .int(2), .int(3)])
        #expect(
            TimingText.line(ShownResult(value: rows, count: 3, seen: 3), took: .milliseconds(212)) == "3 rows, 212 ms")
        #expect(
            TimingText.line(ShownResult(value: rows, count: 3, seen: 2), took: .milliseconds(212))
                == "2 of 3 rows, 212 ms")
        #expect(TimingText.line(ShownResult(value: .int(1), count: 1, seen: 1), took: .milliseconds(5)) == "5.0 ms")
    }
}
