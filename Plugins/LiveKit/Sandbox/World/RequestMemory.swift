import SwitchboardCore
import FoundationEssentials
import SwitchboardSandbox

/// The answers of the last ten minutes by request, so that a repeated request is answered and not repeated.
struct RequestMemory: Sendable {
    static let kind = "request"
    static let lifetime: Int64 = 600
    private var answers: [String: (time: SandboxTime, answer: SandboxAnswer)] = [:]
    private var queue: [(time: SandboxTime, key: String)] = []
    private var oldest = 0

    /// The key of a request: the API key, the path and the client's id.
    static func key(apiKey: String, path: String, id: String) -> String { "\(apiKey) \(path) \(id)" }

    /// Whether a repetition must get the same answer: successes and refusals that repeating cannot change.
    static func keeps(status: Int) -> Bool {
        (200..<300).contains(status) || (400..<500).contains(status) && status != 408 && status != 429
    }

    /// The answer given before, unless it is too old.
    func answer(_ key: String, at now: SandboxTime) -> SandboxAnswer? {
        guard let kept = answers[key], now < kept.time.adding(seconds: Self.lifetime) else { return nil }
        return kept.answer
    }

    /// Keeps an answer, and returns the writes that keep it and drop those that are too old.
    mutating func remember(_ key: String, _ answer: SandboxAnswer, at now: SandboxTime) -> [DocumentStore.Write] {
        var writes: [DocumentStore.Write] = []
        while oldest < queue.count, queue[oldest].time.adding(seconds: Self.lifetime) <= now {
            let old = queue[oldest]
            oldest += 1
            guard answers[old.key]?.time == old.time else { continue }
            answers[old.key] = nil
            writes.append(.remove(kind: Self.kind, id: old.key))
        }
        if oldest > 1000, oldest * 2 > queue.count {
            queue.removeFirst(oldest)
            oldest = 0
        }
        answers[key] = (now, answer)
        queue.append((now, key))
        writes.append(.put(kind: Self.kind, id: key, Self.json(answer, now)))
        return writes
    }

    /// Takes an answer that was written down.
    mutating func load(key: String, json: JSON) {
        guard let time = json["us"]?.integer, let status = json["status"]?.integer, let body = json["body"]?.text
        else { return }
        let moment = SandboxTime(microseconds: Int64(time))
        let answer = SandboxAnswer(status: status, contentType: json["type"]?.text, body: Array(body.utf8))
        answers[key] = (moment, answer)
        let place = queue.lastIndex { $0.time <= moment }.map { $0 + 1 } ?? 0
        queue.insert((moment, key), at: place)
    }

    private static func json(_ answer: SandboxAnswer, _ time: SandboxTime) -> JSON {
        [
            "us": .integer(time.microseconds), "status": .integer(answer.status),
            "type": .optional(answer.contentType), "body": .string(String(decoding: answer.body, as: UTF8.self)),
        ]
    }
}
