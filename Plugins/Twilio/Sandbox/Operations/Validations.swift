import SwitchboardCore
import SwitchboardSandbox

extension TwilioOperation {
    /// The call by which a number is verified as a caller id (contract section 4).
    ///
    /// Whoever is called enters the code, so the caller id is there when the call has been placed.
    static let validations = [
        TwilioOperation(
            "CreateValidationRequest", "POST", Route(account + "/OutgoingCallerIds.json")
        ) { world, call throws(TwilioError) in
            let e164 = try call.parameters.required("PhoneNumber")
            guard E164(e164) != nil else { throw TwilioError(21421, "\(e164) is not a valid number.") }
            try check(e164, world, call)
            let delay = try delay(call)
            var caller = world.newCallerID(e164, account: call.account.sid, at: call.time.adding(seconds: delay))
            try Kind.callerID.type.apply(call.parameters, to: &caller, isNew: true)
            caller = world.add(caller)
            return .ok([
                "account_sid": .string(caller.account), "call_sid": .string(TwilioSid.make("CA")),
                "friendly_name": caller["friendly_name"], "phone_number": .string(e164),
                "validation_code": .string(String(Int.random(in: 100_000...999_999))),
            ])
        }
    ]

    private static func check(_ e164: String, _ world: TwilioWorld, _ call: TwilioCall) throws(TwilioError) {
        if world.number(e164)?.account == call.account.sid {
            throw TwilioError(21449, "\(e164) is a number of this account.")
        }
        for account in world.accounts.values
        where world.all(.callerID, of: account.sid).contains(where: { $0.text("phone_number") == e164 }) {
            if account.sid == call.account.sid { throw TwilioError(21450, "\(e164) is verified already.") }
            if account.isTrial, call.account.isTrial {
                throw TwilioError(21453, "\(e164) is verified for another trial account.")
            }
        }
    }

    private static func delay(_ call: TwilioCall) throws(TwilioError) -> Int64 {
        guard let text = call.parameters["CallDelay"], !text.isEmpty else { return 0 }
        guard let delay = Int64(text), (0...60).contains(delay) else {
            throw TwilioError(21454, "CallDelay is a number from 0 to 60.")
        }
        return delay
    }
}
