import SwitchboardSandbox

/// The checks before an operation, in this order: credentials, account of the path, path, verb, standing of the account
/// (contract section 1.3).
struct Gate: Sendable {
    /// A request that passed, with the operation that it asks for.
    struct Passed: Sendable {
        let operation: TwilioOperation
        let call: TwilioCall
    }

    static func check(
        _ request: SandboxRequest, _ world: TwilioWorld, at time: SandboxTime
    ) throws(TwilioError) -> Passed {
        guard let login = request.basicCredentials, let user = world.account(login.user, password: login.password)
        else { throw .authenticate }
        let account = try account(of: request.path, for: user, world)
        let (operation, names) = try operation(request)
        let isByKey = login.user.hasPrefix("SK")
        if isByKey, operation.name == "FetchAccount" { throw .authenticate }
        guard account.status == .active else { throw TwilioError(20005, "Account \(account.sid) is not active") }
        if account.isTest, !operation.isForTest {
            throw TwilioError(20008, "Resource not accessible with Test Account Credentials")
        }
        let form = request.method == "POST" ? String(decoding: request.body, as: UTF8.self) : request.query ?? ""
        let call = TwilioCall(
            account: account, isByKey: isByKey, names: names, path: request.rawPath, query: request.query,
            parameters: Parameters(SandboxRequest.form(form)), base: "http://" + (request.header("Host") ?? ""),
            time: time)
        return Passed(operation: operation, call: call)
    }

    /// The account that the path names, for its own credentials and its parent's; else that of the credentials.
    private static func account(
        of path: String, for user: TwilioAccount, _ world: TwilioWorld
    ) throws(TwilioError) -> TwilioAccount {
        let parts = path.split(separator: "/")
        guard parts.count >= 3, parts[0] == "2010-04-01", parts[1] == "Accounts" else { return user }
        let sid = parts[2].split(separator: ".").first.map(String.init) ?? ""
        if sid == user.sid { return user }
        guard let account = world.accounts[sid], account.owner == user.sid else { throw .authenticate }
        return account
    }

    private static func operation(
        _ request: SandboxRequest
    ) throws(TwilioError) -> (operation: TwilioOperation, names: [String: String]) {
        let segments = request.path.split(separator: "/", omittingEmptySubsequences: false).dropFirst()
        let found = TwilioOperation.all.compactMap { operation in
            operation.route.match(segments).map { (operation: operation, names: $0) }
        }
        let most = found.map(\.operation.route.literals).max()
        let closest = found.filter { $0.operation.route.literals == most }
        guard !closest.isEmpty else { throw .notFound(request.rawPath) }
        guard let match = closest.first(where: { $0.operation.verb == request.method }) else {
            throw TwilioError(20004, "Method \(request.method) is not allowed for \(request.rawPath)")
        }
        return match
    }
}
