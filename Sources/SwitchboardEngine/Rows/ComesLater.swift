import Synchronization

/// Thrown by a row that cannot be done before others of its list are: it runs once more behind them.
///
/// It has changed nothing by then, and only a row that `RunSession.mayComeLater` may throw it.
public struct ComesLater: Error {
    /// Makes one.
    public init() {}
}

/// The rows that come later, by their places in the list.
final class LateRows: Sendable {
    private let places = Mutex<Set<Int>>([])

    func add(_ place: Int) { places.withLock { _ = $0.insert(place) } }

    var isEmpty: Bool { places.withLock(\.isEmpty) }

    func contains(_ place: Int) -> Bool { places.withLock { $0.contains(place) } }
}
