import Synchronization

/// A setting that is on or off, at which any thread may look while the prompt changes it.
final class Toggle: Sendable {
    private let state: Atomic<Bool>

    init(_ isOn: Bool) { state = Atomic(isOn) }

    var isOn: Bool { state.load(ordering: .relaxed) }

    func set(_ isOn: Bool) { state.store(isOn, ordering: .relaxed) }
}
