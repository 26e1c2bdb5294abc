import Dispatch
import SwitchboardCore
import Synchronization

extension SQLiteStore {
    /// What a change needs besides the database.
    enum Need {
        /// Only that the room kept for open intents stays free.
        case room
        /// That also this session is known to live, and that the room for one more outcome is kept.
        case sessionAndRoom
        /// Nothing, since its room was kept for it; and no sync of its own, since one that is lost is asked for again.
        case outcome
        /// No sync of its own: a loss of power may take it back, though with all that came later; the end of the process
        /// never does.
        case lazy
        /// That nothing uncommitted of other changes is to be seen; and no room.
        case alone

        /// How many transactions' room has to be free before it is made.
        var transactions: Int {
            switch self {
            case .room, .lazy: 1
            case .sessionAndRoom: 2
            case .outcome, .alone: 0
            }
        }

        /// Whether it is to be on the disk before its thread goes on.
        var isDurable: Bool {
            switch self {
            case .room, .sessionAndRoom, .alone: true
            case .outcome, .lazy: false
            }
        }
    }
}

/// A change that may be committed together with others.
protocol GroupedChange: AnyObject, Sendable {
    /// What it needs besides the database.
    var need: SQLiteStore.Need { get }
    /// Whether it is made in the transaction that was committed last.
    var isMade: Bool { get }
    /// Whether a thread waits for it.
    var isWaitedFor: Bool { get }
    /// Makes it in the transaction that is open; throws what it throws. It may be made again where that is undone.
    func make(_ connection: SQLiteConnection) throws
    /// Notes that it is not made, and why.
    func fail(_ error: any Error)
    /// Lets its thread go on.
    func go(_ turn: Turn)
}

/// What the thread of a change is to do next.
enum Turn: Sendable {
    /// To commit what waits.
    case commits
    /// To wait until another thread has had it synced.
    case waits
    /// To have these synced, of which one is its own.
    case syncs([any GroupedChange])
    /// Nothing: the change is made, or it has failed.
    case isOver
}

/// One change with what becomes of it.
final class Change: GroupedChange {
    private enum Fate {
        case none, made
        case failed(any Error)
    }

    let need: SQLiteStore.Need
    private let body: @Sendable (SQLiteConnection) throws -> Void
    private let state = Mutex<(fate: Fate, turn: Turn)>((.none, .isOver))
    private let isWoken = DispatchSemaphore(value: 0)

    init(_ need: SQLiteStore.Need, _ body: @escaping @Sendable (SQLiteConnection) throws -> Void) {
        (self.need, self.body) = (need, body)
    }

    var isWaitedFor: Bool { true }

    var isMade: Bool {
        state.withLock { if case .made = $0.fate { true } else { false } }
    }

    func make(_ connection: SQLiteConnection) throws {
        try body(connection)
        state.withLock { $0.fate = .made }
    }

    func fail(_ error: any Error) { state.withLock { $0.fate = .failed(error) } }

    func go(_ turn: Turn) {
        state.withLock { $0.turn = turn }
        isWoken.signal()
    }

    /// Waits until it is told how to go on.
    func wait() -> Turn {
        isWoken.wait()
        return state.withLock { state in
            // Those to sync are not kept: this change is one of them.
            defer { state.turn = .isOver }
            return state.turn
        }
    }

    /// Throws why it is not made.
    func requireMade() throws {
        switch state.withLock(\.fate) {
        case .made: return
        case .failed(let error): throw error
        case .none: throw SwitchboardError(.internal, "a change of the store was neither made nor refused")
        }
    }
}

/// A change for which nobody waits.
final class LeftChange: GroupedChange {
    private let body: @Sendable (SQLiteConnection) throws -> Void
    private let failed: @Sendable (any Error) -> Void

    /// `failed` hears why it could not be made.
    init(
        _ body: @escaping @Sendable (SQLiteConnection) throws -> Void, failed: @escaping @Sendable (any Error) -> Void
    ) {
        (self.body, self.failed) = (body, failed)
    }

    var need: SQLiteStore.Need { .lazy }
    var isWaitedFor: Bool { false }
    /// Nobody asks.
    var isMade: Bool { true }
    func make(_ connection: SQLiteConnection) throws { try body(connection) }
    func fail(_ error: any Error) { failed(error) }
    func go(_ turn: Turn) {}
}
