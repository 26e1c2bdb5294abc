import SwitchboardCore
import Glibc

/// The paths under `/_sandbox/`: health, request log, fault switches, ground truth, seeding and reset.
struct AdminPaths: Sendable {
    static let prefix = "/_sandbox/"
    let emulator: any Emulator
    let context: EmulatorContext
    let log: RequestLog

    /// The answer, or nil for a path of the vendor's.
    func answer(_ request: SandboxRequest) -> SandboxAnswer? {
        let path = request.path
        guard path.hasPrefix(Self.prefix) else { return nil }
        do {
            let parts = path.dropFirst(Self.prefix.count).split(separator: "/").map(String.init)
            return try answer(request, parts) ?? .json(["error": "no such path"], status: 404)
        } catch let refusal as SeedRefusal {
            let expected: [JSON.Member] =
                refusal.expected.isEmpty ? [] : [.init("expected", .strings(refusal.expected))]
            return .json(.object([.init("error", .string(refusal.description))] + expected), status: 400)
        } catch {
            return .json(["error": .string(String(describing: error))], status: 500)
        }
    }

    private func answer(_ request: SandboxRequest, _ parts: [String]) throws -> SandboxAnswer? {
        switch (request.method, parts) {
        case ("GET", ["health"]):
            return .json([
                "status": "ok", "provider": .string(type(of: emulator).name), "pid": .integer(getpid()),
            ])
        case ("GET", ["log"]): return .json(.array(log.entries.map(\.json)))
        case ("DELETE", ["log"]):
            log.clear()
            return .json([:])
        case ("GET", ["state"]): return .json(emulator.state())
        case ("POST", ["seed"]):
            return .json(.array(try emulator.seed(try body(of: request)).map(\.json)))
        case ("POST", ["reset"]):
            try emulator.reset()
            _ = try context.faults.remove(nil)
            log.clear()
            return .json([:])
        case (_, let parts) where parts.first == "faults": return try faults(request, parts.dropFirst().first)
        default: return nil
        }
    }

    private func faults(_ request: SandboxRequest, _ id: String?) throws -> SandboxAnswer? {
        let switches = context.faults
        switch (request.method, id) {
        case ("POST", nil):
            let fault = try Fault(json: try body(of: request))
            try fault.requirePlace(among: type(of: emulator).operations)
            try fault.requireAccount(among: emulator.accounts)
            return .json(try switches.add(fault).json)
        case ("GET", nil): return .json(.array(switches.all.map(\.json)))
        case ("GET", let id?): return switches.all.first { $0.id == id }.map { .json($0.json) }
        case ("DELETE", let id):
            let gone = try switches.remove(id)
            return gone.isEmpty && id != nil ? nil : .json(.array(gone.map(\.json)))
        default: return nil
        }
    }

    private func body(of request: SandboxRequest) throws -> JSON {
        guard !request.isTooLarge else { throw SeedRefusal("the body is too large") }
        do {
            return try JSON(reading: request.body)
        } catch {
            throw SeedRefusal("the body is not JSON: \(error.reason) at byte \(error.offset)")
        }
    }
}
