import SwitchboardLanguage

/// What one thread of a run works on: the variables, the item that flows in, and the run.
///
/// Defs have slots of their own: nothing calls itself, so no slot is needed twice at a time.
final class Frame {
    let slots: Slots
    let run: RunSession
    /// How many rows the filters of the pipeline have dropped because their condition was nothing.
    var unknownRows = 0
    /// What the condition of an `assert` has compared, where it is not true.
    var compared: String?
    /// What the keys of the steps here begin with; nil where no steps are kept.
    var path: String?

    /// Whose slots these are, where they are another frame's.
    private let owner: Frame?

    init(slotCount: Int, run: RunSession) {
        slots = Slots(count: slotCount)
        self.run = run
        owner = nil
    }

    /// The same variables in a part of the run.
    init(sharing other: Frame, run: RunSession) {
        slots = other.slots
        self.run = run
        path = other.path
        owner = other.owner ?? other
    }

    /// Variables of its own that have these values, for another thread.
    init(_ values: [Value], run: RunSession) {
        slots = Slots(values)
        self.run = run
        owner = nil
    }

    deinit { if owner == nil { slots.free() } }

    /// The values of all slots.
    var values: [Value] { slots.all }

    /// The item that flows in, which `.field` looks in.
    var item: Value {
        get { slots[Slots.item] }
        set { slots[Slots.item] = newValue }
    }

    /// What the block that was left last gives.
    var result: Value {
        get { slots[Slots.result] }
        set { slots[Slots.result] = newValue }
    }

    /// The variables' values, in memory of their own, so that reading one costs no more than a copy.
    struct Slots {
        /// The slot of the item that flows in.
        static let item = -1
        /// The slot of what a block gives.
        static let result = -2
        private static let reserved = 2

        private let values: UnsafeMutablePointer<Value>
        private let count: Int

        fileprivate init(count: Int) {
            self.count = count + Self.reserved
            values = .allocate(capacity: self.count)
            values.initialize(repeating: .nothing, count: self.count)
        }

        fileprivate init(_ all: [Value]) {
            count = all.count
            values = .allocate(capacity: count)
            _ = UnsafeMutableBufferPointer(start: values, count: count).initialize(fromContentsOf: all)
        }

        fileprivate var all: [Value] { Array(UnsafeBufferPointer(start: values, count: count)) }

        fileprivate func free() {
            values.deinitialize(count: count)
            values.deallocate()
        }

        subscript(slot: Int) -> Value {
            get { values[slot + Self.reserved] }
            nonmutating set { values[slot + Self.reserved] = newValue }
        }
    }
}
