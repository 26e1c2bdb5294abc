import Dispatch

/// One emulator on one port of 127.0.0.1, with the admin paths, the request log and the fault switches beside it.
public final class SandboxListener: Sendable {
    /// The emulator that answers.
    public let emulator: any Emulator
    /// The port it listens on.
    public let port: UInt16
    /// The requests it has answered.
    public let log: RequestLog
    private let server: HTTPServer

    /// Starts listening; nil takes a free port.
    ///
    /// Throws `PortError` when the port cannot be had.
    public init(emulator: any Emulator, context: EmulatorContext, port: UInt16? = nil) throws {
        let log = RequestLog()
        let desk = FrontDesk(emulator: emulator, admin: AdminPaths(emulator: emulator, context: context, log: log))
        self.emulator = emulator
        self.log = log
        server = try HTTPServer(
            port: port, bodyLimit: type(of: emulator).bodyLimit, clock: context.activity, answer: desk.answer)
        self.port = server.port
    }

    /// The base URL that clients are given.
    public var url: String { "http://127.0.0.1:\(port)" }

    /// How a client reaches the emulator here.
    public var connection: EmulatorConnection { emulator.connection(url: url) }

    /// Takes no more connections, answers what is in flight, then stops.
    public func stop() async {
        await withCheckedContinuation { continuation in
            DispatchQueue(label: "sandbox.stop").async {
                self.stopAndWait()
                continuation.resume()
            }
        }
    }

    /// Stops as `stop` does and blocks meanwhile; never from a task, whose thread the answers in flight may need.
    func stopAndWait() { server.stop() }
}

/// Sends a request to the admin paths or to the emulator, and writes the log.
struct FrontDesk: Sendable {
    let emulator: any Emulator
    let admin: AdminPaths

    func answer(_ request: SandboxRequest) async -> SandboxAnswer {
        if let answer = admin.answer(request) { return answer }
        let start = ContinuousClock.now
        let answer = request.isTooLarge ? emulator.refusalOfLargeBody(request) : await emulator.answer(request)
        admin.log.append(
            RequestLog.Entry(
                time: admin.context.now(), milliseconds: Int(start.duration(to: .now) / .milliseconds(1)),
                method: request.method, path: request.rawPath, status: answer.isLost ? nil : answer.status,
                requestID: type(of: emulator).requestIDHeader.flatMap(request.header), fault: answer.fault))
        return answer
    }
}

/// A port that cannot be listened on.
public struct PortError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The port that was asked for; 0 for any free one.
    public var port: UInt16
    /// Whether another program listens there.
    public var isTaken: Bool
    /// The system's error number.
    public var code: Int32

    /// The sentence that users read.
    public var description: String {
        isTaken ? "port \(port) is taken by another program" : "cannot listen on 127.0.0.1:\(port) (error \(code))"
    }
}
