import SwitchboardCore
import SwitchboardSandbox

extension TwilioWorld {
    /// A number with what follows from itself, not yet anybody's.
    func newNumber(_ e164: String, account: String, at time: SandboxTime, sid: String? = nil) -> Resource {
        var number = Resource(.number, sid: sid, account: account, at: time)
        number["phone_number"] = .string(e164)
        number["friendly_name"] = .string(NumberPool.friendlyName(e164))
        if let pool = inventory.pool(of: e164) {
            number["type"] = .string(pool.kind.word)
            number["address_requirements"] = .string(pool.requirement.word)
        }
        return number
    }

    /// A caller id with what follows from its number.
    func newCallerID(_ e164: String, account: String, at time: SandboxTime, sid: String? = nil) -> Resource {
        var caller = Resource(.callerID, sid: sid, account: account, at: time)
        caller["phone_number"] = .string(e164)
        caller["friendly_name"] = .string(NumberPool.friendlyName(e164))
        return caller
    }
}
