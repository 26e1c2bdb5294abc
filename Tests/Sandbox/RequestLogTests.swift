@testable import SwitchboardSandbox
import Testing

@Suite struct RequestLogTests {
    @Test func keepsTheLastTenThousandInOrder() {
        let log = RequestLog()
        for index in 0..<10_003 {
            log.append(
                RequestLog.Entry(
                    time: SandboxTime(microseconds: Int64(index)), milliseconds: 0, method: "GET", path: "/\(index)"))
        }
        #expect(log.entries.count == 10_000)
        #expect(log.entries.first?.path == "/3")
        #expect(log.entries.last?.path == "/10002")
    }

    @Test func printsTimesInUTC() {
        #expect(SandboxTime(microseconds: 1_790_278_772_739_773).text == "2026-09-24T19:39:32.739773Z")
        #expect(SandboxTime(microseconds: -1).text == "1969-12-31T23:59:59.999999Z")
    }
}
