import Glibc
import SwitchboardTestKit
import Testing

@Suite struct ThreadTimeTests {
    @Test func workCountsAndWaitingDoesNot() {
        var sum = 0
        #expect(ThreadTime.of { for number in 0..<1_000_000 { sum &+= number } } > .milliseconds(1))
        #expect(sum > 0)
        #expect(ThreadTime.of { usleep(500_000) } < .milliseconds(100))
    }

    @Test func aSquareGrowsFasterThanALine() {
        var sum = 0
        let line = ThreadTime.growth(from: 100_000) { for number in 0..<$0 { sum &+= number } }
        let square = ThreadTime.growth(from: 300) { size in
            for number in 0..<size { for other in 0..<size { sum &+= number &* other } }
        }
        #expect(line < 24 && square > 24, "\(line) and \(square), of a sum of \(sum)")
    }
}
