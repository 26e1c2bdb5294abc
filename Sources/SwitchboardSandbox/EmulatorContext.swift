/// All that an emulator is given.
public struct EmulatorContext: Sendable {
    /// How many numbers are on offer.
    public enum Inventory: String, Hashable, Sendable, CaseIterable {
        /// The fictional numbers of every area.
        case standard
        /// Many more exchanges, for benchmarks.
        case wide
    }

    /// The emulator's part of the state.
    public var documents: DocumentStore.Scope
    /// The fault switches.
    public var faults: FaultSwitches
    /// How many numbers are on offer.
    public var inventory: Inventory
    /// The clock.
    public var now: @Sendable () -> SandboxTime
    /// Notes requests for the decision to leave when idle.
    public var activity: ActivityClock

    /// Makes a context and loads the fault switches that were set; throws when they cannot be read.
    public init(
        emulator: String, store: DocumentStore = .inMemory, inventory: Inventory = .standard,
        activity: ActivityClock = ActivityClock(), now: @escaping @Sendable () -> SandboxTime = { .now() }
    ) throws {
        documents = store.scope(emulator)
        faults = try FaultSwitches(documents: documents)
        self.inventory = inventory
        self.activity = activity
        self.now = now
    }
}
