import Switchboard
import Synchronization

/// What completion has to know of a session, where the editor's thread may look at it.
final class PromptContext: Sendable {
    private struct State {
        var profile: Profile
        var known = KnownNames()
    }
    private let state: Mutex<State>

    init(_ profile: Profile) { state = Mutex(State(profile: profile)) }

    /// The profile that statements run in.
    var profile: Profile {
        get { state.withLock(\.profile) }
        set { state.withLock { $0.profile = newValue } }
    }

    /// What earlier statements have named.
    var known: KnownNames { state.withLock(\.known) }

    /// Takes what a statement has named; returns the names that were bound meanwhile.
    @discardableResult
    func take(_ report: RunReport, showing shown: ShownResult?) -> [String] {
        state.withLock { $0.known.take(report, showing: shown) }
    }

    /// Takes how much of the last value was seen.
    func take(_ shown: ShownResult?) { state.withLock { $0.known.shown = shown } }
}
