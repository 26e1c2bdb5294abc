public import SwitchboardCore
public import SwitchboardEngine
import SwitchboardLanguage

/// The admin paths of one vendor's emulator, as a run reaches them.
public struct EmulatorAdmin {
    /// The provider whose emulator this is.
    public let provider: String
    /// What the URLs of its vendor's API begin with.
    public let url: String
    private let run: RunSession

    /// The emulator of a provider; throws `unsupported` where the profile is not the sandbox or that has none.
    public init(of provider: String, _ run: RunSession) throws {
        guard run.providers.isSandbox else {
            throw SwitchboardError(.unsupported, "profile '\(run.profile)' is not the sandbox", provider: provider)
        }
        self.init(try run.host.sandbox().listener(of: provider), run)
    }

    private init(_ listener: SandboxEndpoint.Listener, _ run: RunSession) {
        (provider, url, self.run) = (listener.provider, listener.url, run)
    }

    /// The emulator that `--provider` names, else all of them; starts the sandbox where it does not run.
    static func all(_ call: CommandCall) throws -> [EmulatorAdmin] {
        let sandbox = try call.run.host.sandbox()
        let listeners = try call.text("provider").map { [try sandbox.listener(of: $0)] } ?? sandbox.listeners
        return listeners.map { EmulatorAdmin($0, call.run) }
    }

    /// The emulator that `--provider` names, else the first; throws `unsupported` where there is none.
    static func one(_ call: CommandCall) throws -> EmulatorAdmin {
        guard let first = try all(call).first else {
            throw SwitchboardError(.unsupported, "the sandbox has no emulator")
        }
        return first
    }

    /// Asks for a path under `/_sandbox/` and returns the answer's JSON.
    ///
    /// Throws `invalid_argument` with the emulator's own sentence where it refuses, `not_found` for a path that is none.
    public func ask(_ method: String, _ path: String, _ body: JSON? = nil) throws -> JSON {
        let request = HTTPRequest(method, "\(url)/_sandbox/\(path)", body: body?.bytes() ?? [])
        let (transport, provider) = (run.host.transport, provider)
        let answer = try run.ask {
            do { return try await transport.send(request) } catch let failure as TransportFailure {
                if failure.stage == .cancelled { throw CancellationError() }
                throw SwitchboardError(
                    .unreachable, "the emulator of \(provider) does not answer", provider: provider,
                    cause: failure.message)
            }
        }
        guard let json = try? JSON(reading: answer.body) else {
            throw SwitchboardError(
                .badAnswer, "the emulator's answer is no JSON", provider: provider, status: answer.status)
        }
        guard answer.status == 200 else { throw refusal(answer.status, json, body) }
        return json
    }

    /// A refusal in the emulator's words, with a guess where it says which words it knows.
    private func refusal(_ status: Int, _ json: JSON, _ body: JSON?) -> SwitchboardError {
        let code: ErrorCode = status == 400 ? .invalidArgument : status == 404 ? .notFound : .internal
        let expected = json["expected"]?.elements?.compactMap(\.text) ?? []
        let written = body?.members?.compactMap(\.value.text) ?? []
        let guess = written.lazy.compactMap { NearName.help(for: $0, among: expected) }.first
        return SwitchboardError(
            code, json["error"]?.text ?? "the emulator refused",
            help: guess ?? (expected.isEmpty ? nil : "there are: \(expected.joined(separator: " "))"),
            provider: provider, status: status)
    }
}
