import FoundationEssentials
import Synchronization

/// The ids that Twilio has given out in the last seconds; a read of one may miss it for a moment.
final class FreshSIDs: Sendable {
    private static let lifetime: TimeInterval = 10

    private let now: @Sendable () -> Date
    private let given = Mutex<[String: Date]>([:])

    init(now: @escaping @Sendable () -> Date) { self.now = now }

    /// Remembers an id.
    func note(_ sid: String) {
        let time = now()
        given.withLock { given in
            given = given.filter { time.timeIntervalSince($0.value) < Self.lifetime }
            given[sid] = time
        }
    }

    /// Whether the call's path or form names one of them.
    func isIn(_ call: TwilioCall) -> Bool {
        let time = now()
        return given.withLock { given in
            given.contains { sid, since in
                time.timeIntervalSince(since) < Self.lifetime
                    && (call.place.path.contains(sid) || call.items.contains { $0.1 == sid })
            }
        }
    }
}

extension TwilioCall.Place {
    fileprivate var path: String {
        switch self {
        case .account(let path), .trunking(let path), .link(let path): path
        }
    }
}
