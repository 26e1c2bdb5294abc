public import SwitchboardCore
import Synchronization

/// The last 10,000 requests of a listener; holds no header but the request id, no query and no body.
public final class RequestLog: Sendable {
    /// How many entries are kept.
    public static let capacity = 10_000

    /// One request and what became of it.
    public struct Entry: Hashable, Sendable {
        /// When it was answered.
        public var time: SandboxTime
        /// How long that took, in whole milliseconds.
        public var milliseconds: Int
        /// The HTTP method.
        public var method: String
        /// The path as sent, without its query.
        public var path: String
        /// The status; nil when the answer was withheld.
        public var status: Int?
        /// The id that the client gave the request.
        public var requestID: String?
        /// The fault that was applied.
        public var fault: Fault.Kind?

        /// The entry as the admin path shows it.
        public var json: JSON {
            [
                "time": .string(time.text), "method": .string(method), "path": .string(path),
                "status": status.map { .integer($0) } ?? .null, "ms": .integer(milliseconds),
                "request_id": .optional(requestID), "fault": .optional(fault?.rawValue),
            ]
        }
    }

    private struct Ring {
        var entries: [Entry] = []
        var start = 0
    }
    private let ring = Mutex(Ring())

    /// Makes an empty log.
    public init() {}

    func append(_ entry: Entry) {
        ring.withLock { ring in
            if ring.entries.count < Self.capacity {
                ring.entries.append(entry)
            } else {
                ring.entries[ring.start] = entry
                ring.start = (ring.start + 1) % Self.capacity
            }
        }
    }

    /// The entries, oldest first.
    public var entries: [Entry] { ring.withLock { Array($0.entries[$0.start...] + $0.entries[..<$0.start]) } }

    /// Forgets everything.
    public func clear() { ring.withLock { $0 = Ring() } }
}
