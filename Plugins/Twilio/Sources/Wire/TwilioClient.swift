import SwitchboardCore
import SwitchboardHTTP

/// Sends the calls of one Twilio account and turns refusals into errors.
final class TwilioClient: Sendable {
    let account: TwilioAccount
    private let client: ServiceClient
    private let errors: TwilioErrors
    private let fresh: FreshSIDs
    private let sleep: @Sendable (Duration) async throws -> Void

    /// Reads the settings; does no I/O.
    init(context: ProviderContext) throws {
        account = try TwilioAccount(context.settings, profile: context.profile)
        client = ServiceClient(provider: TwilioProvider.name, context: context)
        errors = TwilioErrors(profile: context.profile, secrets: [account.token, account.credentials])
        fresh = FreshSIDs(now: context.time.now)
        sleep = context.time.sleep
    }

    /// Sends a call and returns what `read` makes of its answer, an object; nil means that it makes no sense.
    ///
    /// Throws a `TwilioRefusal` for what Twilio refuses, a `SwitchboardError` for everything else; both carry
    /// `mayHaveHappened` where a change may have taken place all the same.
    func ask<Answer>(_ call: TwilioCall, _ read: (JSON) throws -> Answer?) async throws -> Answer {
        let reply = try await patientReply(to: call)
        guard (200..<300).contains(reply.answer.status) else { throw errors.refusal(reply, of: call) }
        guard let json = try? JSON(reading: reply.answer.body), json.members != nil,
            let answer = try errors.telling(of: reply, to: call, { try read(json) })
        else { throw errors.unreadable(reply, of: call) }
        if reply.answer.status == 201, let sid = json.words("sid") { fresh.note(sid) }
        return answer
    }

    /// As `ask`, with refusals as plain errors.
    func send<Answer>(_ call: TwilioCall, _ read: (JSON) throws -> Answer?) async throws -> Answer {
        do { return try await ask(call, read) } catch let refusal as TwilioRefusal { throw refusal.error }
    }

    /// As `send`; nil for what does not exist.
    func find<Answer>(_ call: TwilioCall, _ read: (JSON) throws -> Answer?) async throws -> Answer? {
        do { return try await send(call, read) } catch let error as SwitchboardError where error.code == .notFound {
            return nil
        }
    }

    /// Deletes; false where there was nothing to delete, true also where an earlier attempt has done it.
    func delete(_ call: TwilioCall) async throws -> Bool {
        let reply = try await patientReply(to: call)
        if (200..<300).contains(reply.answer.status) { return true }
        let refusal = errors.refusal(reply, of: call)
        guard refusal.error.code == .notFound else { throw refusal.error }
        return reply.earlierMayHaveHappened
    }

    // MARK: Requests

    /// Twilio may not know yet what it has just made, so a 404 about a fresh id is asked again, three times.
    private func patientReply(to call: TwilioCall) async throws -> ServiceReply {
        var reply = try await reply(to: call)
        for _ in 0..<3 where reply.answer.status == 404 && call.isPatient && fresh.isIn(call) {
            do { try await sleep(.seconds(1)) } catch { throw errors.interruption(error, reply, of: call) }
            let earlier = reply
            reply = try await self.reply(to: call)
            reply.attempts += earlier.attempts
            reply.earlierMayHaveHappened = reply.earlierMayHaveHappened || earlier.earlierMayHaveHappened
        }
        return reply
    }

    private func reply(to call: TwilioCall) async throws -> ServiceReply {
        do {
            return try await client.send(
                ServiceCall(request(for: call), operation: call.operation, repeatability: call.repeatability ?? .freely)
            )
        } catch {
            throw errors.withoutSecrets(SwitchboardError(wrapping: error), of: call)
        }
    }

    private func request(for call: TwilioCall) -> HTTPRequest {
        var url = url(of: call.place)
        var headers = [
            HTTPField("Authorization", "Basic " + account.credentials.reveal()),
            HTTPField("Accept", "application/json"),
        ]
        var body: [UInt8] = []
        if call.verb == .post {
            headers.append(HTTPField("Content-Type", "application/x-www-form-urlencoded"))
            body = PercentEncoding.form(call.items)
        } else if !call.items.isEmpty {
            url += "?" + PercentEncoding.query(call.items)
        }
        return HTTPRequest(call.verb.rawValue, url, headers: headers, body: body, deadline: .seconds(30))
    }

    private func url(of place: TwilioCall.Place) -> String {
        switch place {
        case .account(let path): "\(account.api)/2010-04-01/Accounts/\(PercentEncoding.encode(account.sid))\(path)"
        case .trunking(let path): "\(account.trunking)/v1\(path)"
        case .link(let url): url
        }
    }
}
