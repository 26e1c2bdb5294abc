import SwitchboardCore
import SwitchboardSandbox

extension LiveKitMethod {
    static let listPhoneNumbers: Body = { world, message, call throws(TwirpError) in
        let token = try PageToken(of: message)
        let asked = Set(message.enumerations("statuses"))
        let statuses = asked.isEmpty ? [NumberStatus.active, NumberStatus.pending, NumberStatus.offline] : asked
        let rule = message.string("sip_dispatch_rule_id")
        let isEndless = call.fault?.kind == .endless

        var matching: [PurchasedNumber] = []
        var offline = 0
        for key in world.order {
            guard let number = world.numbers[key.id] else { continue }
            let status = world.status(of: number, call)
            guard statuses.contains(status), rule.isEmpty || world.rules.rules(naming: key.id).contains(rule) else {
                continue
            }
            matching.append(number)
            if status == NumberStatus.offline { offline += 1 }
        }
        let start = token.start(total: matching.count, isEndless: isEndless)
        var response = ProtoMessage(PhoneNumberSchemas.listResponse)
        response.set("items", matching.dropFirst(start).prefix(token.limit).map { world.message($0, call) })
        response.set("next_page_token", token.next(total: matching.count, isEndless: isEndless))
        response["total_count"] = .integer(Int64(matching.count))
        response["offline_count"] = .integer(Int64(offline))
        return response
    }
}
