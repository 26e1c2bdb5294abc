import SwitchboardCore
import SwitchboardSandbox

extension TwilioOperation {
    /// What an account tells of itself.
    static let accounts = [
        TwilioOperation("FetchAccount", "GET", Route("/2010-04-01/Accounts/{sid}.json")) {
            world, call throws(TwilioError) in
            let account = call.account
            let place = "/2010-04-01/Accounts/\(account.sid)"
            let lists = ["incoming_phone_numbers": "IncomingPhoneNumbers", "outgoing_caller_ids": "OutgoingCallerIds"]
            return .ok([
                "sid": .string(account.sid), "owner_account_sid": .string(account.owner ?? account.sid),
                "friendly_name": .string(account.name), "status": .string(account.status.rawValue),
                "type": .string(account.isTrial ? "Trial" : "Full"),
                "date_created": .string(account.created.rfc2822), "date_updated": .string(account.created.rfc2822),
                "subresource_uris": .object(
                    lists.sorted { $0.key < $1.key }.map { .init($0.key, .string("\(place)/\($0.value).json")) }),
                "uri": .string(place + ".json"),
            ])
        },
        TwilioOperation("FetchBalance", "GET", Route(account + "/Balance.json")) { _, call throws(TwilioError) in
            .ok(["account_sid": .string(call.account.sid), "balance": "100.00", "currency": "USD"])
        },
    ]
}
