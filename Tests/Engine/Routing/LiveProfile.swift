import SwitchboardCore
import SwitchboardEngine
import Synchronization

/// Answers every question alike, and remembers the questions.
final class Asked: Sendable {
    private let answer: Bool
    private let all = Mutex<[String]>([])

    init(_ answer: Bool) { self.answer = answer }

    var questions: [String] { all.withLock { $0 } }

    func ask(_ question: String) -> Bool {
        all.withLock { $0.append(question) }
        return answer
    }
}

/// A provider somewhere else than on this machine, which makes a profile a live one; nothing is asked of it.
struct FarProvider: NumberProvider {
    static let manifest = ProviderManifest(
        name: "far", displayName: "Far", summary: "far away",
        settings: [ProviderSetting("url", help: "its URL", isURL: true, environment: "FAR_URL")], capabilities: [:],
        idKinds: [], countries: [], limits: RequestLimits(), idempotency: .none, settleTime: .zero)

    /// The settings of a live profile.
    static let origin = Profile.Origin.environment(["FAR_URL": "https://far.example"])

    init(context: ProviderContext) {}

    func ownedNumbers(_ filter: OwnedNumberFilter) async throws -> [OwnedNumber] { [] }

    func lookUp(_ number: E164) async throws -> OwnedNumber? { nil }
}
