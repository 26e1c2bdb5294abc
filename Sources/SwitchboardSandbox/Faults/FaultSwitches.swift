public import SwitchboardCore
import Synchronization

/// The faults that are switched on at one emulator; they survive a restart.
public final class FaultSwitches: Sendable {
    private static let kind = "fault"
    private let documents: DocumentStore.Scope
    private let faults: Mutex<[Fault]>

    /// Loads the switches; throws when they cannot be read.
    public init(documents: DocumentStore.Scope) throws {
        self.documents = documents
        let kept = try documents.all(Self.kind).map { try Fault(id: $0.id, json: $0.value) }
        faults = Mutex(kept.sorted { Self.order($0.id) < Self.order($1.id) })
    }

    /// The switches, oldest first.
    public var all: [Fault] { faults.withLock { $0 } }

    /// Switches a fault on and returns it under the id that it gets; throws `StoreFailure`.
    public func add(_ fault: Fault) throws(StoreFailure) -> Fault {
        let result = faults.withLock { faults -> Result<Fault, StoreFailure> in
            var fault = fault
            fault.id = "fault_\((faults.map { Self.order($0.id) }.max() ?? 0) + 1)"
            do throws(StoreFailure) {
                try documents.apply([.put(kind: Self.kind, id: fault.id, fault.json)])
            } catch { return .failure(error) }
            faults.append(fault)
            return .success(fault)
        }
        return try result.get()
    }

    /// Switches one fault off, or all for nil; returns those that were on.
    public func remove(_ id: String?) throws -> [Fault] {
        try faults.withLock { faults in
            let gone = faults.filter { id == nil || $0.id == id }
            try documents.apply(gone.map { .remove(kind: Self.kind, id: $0.id) })
            faults.removeAll { id == nil || $0.id == id }
            return gone
        }
    }

    /// Takes the oldest fault that strikes this operation of the account on these numbers, counting it down; `kinds` are
    /// those that mean something there.
    public func take(
        operation: String, account: String? = nil, numbers: [String], kinds: Set<Fault.Kind>
    ) throws(StoreFailure) -> Fault? {
        let result = faults.withLock { faults -> Result<Fault?, StoreFailure> in
            let place = faults.firstIndex { fault in
                kinds.contains(fault.kind) && (fault.method == "*" || fault.method == operation)
                    && (fault.number.map(numbers.contains) ?? true)
                    && (fault.account == nil || fault.account == account)
            }
            guard let place else { return .success(nil) }
            let fault = faults[place]
            guard let times = fault.times else { return .success(fault) }
            do throws(StoreFailure) {
                if times > 1 {
                    faults[place].times = times - 1
                    try documents.apply([.put(kind: Self.kind, id: fault.id, faults[place].json)])
                } else {
                    faults.remove(at: place)
                    try documents.apply([.remove(kind: Self.kind, id: fault.id)])
                }
            } catch { return .failure(error) }
            return .success(fault)
        }
        return try result.get()
    }

    private static func order(_ id: String) -> Int { Int(id.drop { !$0.isNumber }) ?? 0 }
}
