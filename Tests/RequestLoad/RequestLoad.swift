import FoundationEssentials
import LiveKitProvider
import Switchboard
import Synchronization

/// Searches through the LiveKit provider as fast as it goes, and prints what came of it as one line of JSON.
///
/// Usage: `RequestLoad URL KEY SECRET LIMIT WIDTH SECONDS [REQUESTS]`; with REQUESTS it goes on until so many are
/// done. Memory is the resident set in KiB after a tenth of the work and at the end. Exit 1 when a search fails.
@main
enum RequestLoad {
    static func main() async throws {
        let words = CommandLine.arguments
        guard words.count >= 7, let limit = Int(words[4]), let width = Int(words[5]), let seconds = Double(words[6])
        else { throw SwitchboardError(.invalidArgument, "URL KEY SECRET LIMIT WIDTH SECONDS [REQUESTS]") }
        let most = words.count > 7 ? Int(words[7]) ?? 0 : Int.max
        let provider = try LiveKitProvider(
            context: ProviderContext(
                profile: "bench",
                settings: ProviderSettings(
                    plain: ["url": words[1], "api_key": words[2]], secrets: ["api_secret": Secret(words[3])]),
                transport: CurlTransport()))
        let query = NumberQuery(countryCode: "US", areaCode: "415", limit: limit)
        _ = try await provider.search(query)  // connects

        let load = Load(most: most, end: .now + .seconds(seconds))
        let start = ContinuousClock.now
        try await withThrowingTaskGroup { group in
            for _ in 0..<width {
                group.addTask {
                    while load.takeOne() {
                        let found = try await provider.search(query)
                        guard found.count == limit else {
                            throw SwitchboardError(.badAnswer, "\(found.count) numbers instead of \(limit)")
                        }
                    }
                }
            }
            try await group.waitForAll()
        }
        let time = (ContinuousClock.now - start) / .seconds(1)
        let early = load.earlyMemory
        print("{\"requests\":\(load.count),\"seconds\":\(time),\"early_kib\":\(early),\"end_kib\":\(Load.memory())}")
    }
}

/// How many searches were begun, and whether another is wanted.
final class Load: Sendable {
    private let state = Mutex((count: 0, early: 0))
    private let most: Int
    private let end: ContinuousClock.Instant

    init(most: Int, end: ContinuousClock.Instant) {
        self.most = most
        self.end = end
    }

    var count: Int { state.withLock { $0.count } }
    var earlyMemory: Int { state.withLock { $0.early } }

    func takeOne() -> Bool {
        state.withLock { state in
            guard most == .max ? ContinuousClock.now < end : state.count < most else { return false }
            state.count += 1
            if most != .max, state.count == most / 10 { state.early = Self.memory() }
            return true
        }
    }

    /// The resident set of this process, in KiB.
    static func memory() -> Int {
        guard let status = try? String(contentsOfFile: "/proc/self/status", encoding: .utf8),
            let line = status.split(separator: "\n").first(where: { $0.hasPrefix("VmRSS:") })
        else { return 0 }
        return Int(line.split(separator: " ").dropLast().last ?? "") ?? 0
    }
}
