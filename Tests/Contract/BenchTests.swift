import LiveKitProvider
@testable import SwitchboardContract
import SwitchboardCore
import SwitchboardHTTP
import Testing

/// What a case of the contract works with.
@Suite struct BenchTests {
    /// A number that comes twice would make two trunks clash, or a change of one seem not to take place.
    @Test func noNumberOfAStrangerComesTwice() {
        let settings = ProviderSettings(
            plain: ["url": "http://127.0.0.1:1", "api_key": "devkey"], secrets: ["api_secret": Secret("secret")])
        let bench = ContractBench(
            ContractSubject(LiveKitProvider.self, settings: settings, transport: CurlTransport()))
        let numbers = (0..<5000).map { _ in bench.strangersNumber() }
        #expect(Set(numbers).count == numbers.count)
        #expect(numbers.allSatisfy { E164($0) != nil })
    }
}
