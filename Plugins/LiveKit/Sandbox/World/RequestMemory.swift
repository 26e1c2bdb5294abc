import SwitchboardCore
import SwitchboardSandbox

/// What became of a call, before it is put into the form of its request.
enum Outcome: Hashable, Sendable {
    case done(ProtoMessage)
    case refused(TwirpError)
}

/// The outcomes of the last ten minutes by request, so that a repeated request is answered and not repeated.
///
/// A repetition may come in the other form than the first request: it is the same request.
struct RequestMemory: Sendable {
    static let kind = "request"
    static let lifetime: Int64 = 600
    private var outcomes: [String: (time: SandboxTime, outcome: Outcome)] = [:]
    private var queue: [(time: SandboxTime, key: String)] = []
    private var oldest = 0

    /// The key of a request: the API key, the path and the client's id.
    static func key(apiKey: String, path: String, id: String) -> String { "\(apiKey) \(path) \(id)" }

    /// Whether a repetition must get the same answer: successes and refusals that repeating cannot change.
    static func keeps(_ outcome: Outcome) -> Bool {
        guard case .refused(let error) = outcome else { return true }
        return (400..<500).contains(error.code.status) && error.code.status != 408 && error.code.status != 429
    }

    /// What became of the request before, unless that is too long ago.
    func outcome(_ key: String, at now: SandboxTime) -> Outcome? {
        guard let kept = outcomes[key], now < kept.time.adding(seconds: Self.lifetime) else { return nil }
        return kept.outcome
    }

    /// Keeps an outcome, and returns the writes that keep it and drop those that are too old.
    mutating func remember(_ key: String, _ outcome: Outcome, at now: SandboxTime) -> [DocumentStore.Write] {
        var writes: [DocumentStore.Write] = []
        while oldest < queue.count, queue[oldest].time.adding(seconds: Self.lifetime) <= now {
            let old = queue[oldest]
            oldest += 1
            guard outcomes[old.key]?.time == old.time else { continue }
            outcomes[old.key] = nil
            writes.append(.remove(kind: Self.kind, id: old.key))
        }
        if oldest > 1000, oldest * 2 > queue.count {
            queue.removeFirst(oldest)
            oldest = 0
        }
        outcomes[key] = (now, outcome)
        queue.append((now, key))
        writes.append(.put(kind: Self.kind, id: key, Self.json(outcome, now)))
        return writes
    }

    /// Takes an outcome that was written down; one that cannot be read is forgotten before its time.
    mutating func load(key: String, json: JSON) {
        guard let time = json["us"]?.integer, let outcome = Self.outcome(json, key) else { return }
        let moment = SandboxTime(microseconds: Int64(time))
        outcomes[key] = (moment, outcome)
        let place = queue.lastIndex { $0.time <= moment }.map { $0 + 1 } ?? 0
        queue.insert((moment, key), at: place)
    }

    private static func json(_ outcome: Outcome, _ time: SandboxTime) -> JSON {
        switch outcome {
        case .done(let message):
            ["us": .integer(time.microseconds), "done": .string(String(decoding: message.jsonBytes, as: UTF8.self))]
        case .refused(let error): ["us": .integer(time.microseconds), "refused": error.json]
        }
    }

    private static func outcome(_ json: JSON, _ key: String) -> Outcome? {
        if let error = json["refused"].flatMap(TwirpError.init) { return .refused(error) }
        let path = key.split(separator: " ").dropFirst().first.map(String.init) ?? ""
        guard let schema = LiveKitMethod.all[path]?.response, let text = json["done"]?.text,
            let message = try? ProtoReader.read(JSON(reading: text), as: schema)
        else { return nil }
        return .done(message)
    }
}
