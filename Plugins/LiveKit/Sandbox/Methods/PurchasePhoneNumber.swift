import SwitchboardCore
import SwitchboardSandbox

extension LiveKitMethod {
    static let purchasePhoneNumber: Body = { world, message, call throws(TwirpError) in
        var seen: Set<String> = []
        let wanted = message.strings("phone_numbers").filter { seen.insert($0).inserted }
        guard !wanted.isEmpty else { throw TwirpError(.invalidArgument, "phone_numbers is required") }
        let ruleID = message.string("sip_dispatch_rule_id")
        if !ruleID.isEmpty { _ = try world.bindable(ruleID) }
        world.takeBack(at: call.time)
        for number in wanted { try world.checkUnsold(number, call) }

        let isHalf = call.fault?.kind == .halfDone
        var items: [ProtoMessage] = []
        for number in isHalf ? Array(wanted.prefix(max(1, wanted.count / 2))) : wanted {
            let bought = world.buy(number, call)
            if !isHalf, let rule = world.rules[ruleID] { world.bind(bought, to: rule) }
            items.append(world.sparse(bought, call))
        }
        if isHalf { throw .halfDone }
        var response = ProtoMessage(PhoneNumberSchemas.purchaseResponse)
        response.set("phone_numbers", items)
        return response
    }
}

extension LiveKitWorld {
    /// The rule, if a number can be added to it: one without trunks takes all calls and is refused.
    func bindable(_ id: String) throws(TwirpError) -> ProtoMessage {
        guard let rule = rules[id] else { throw .ruleNotFound }
        guard !rule.strings("trunk_ids").isEmpty else { throw .updateRefused }
        return rule
    }

    fileprivate func checkUnsold(_ e164: String, _ call: LiveKitCall) throws(TwirpError) {
        guard owned[e164] == nil else {
            throw TwirpError(.alreadyExists, "phone number \(e164) is already owned")
        }
        let isTaken = call.fault?.kind == .taken && (call.fault?.number ?? e164) == e164
        guard inventory.contains(e164), !isSold(e164), !isTaken else {
            throw TwirpError(.notFound, "phone number \(e164) is not available")
        }
    }

    fileprivate mutating func buy(_ e164: String, _ call: LiveKitCall) -> PurchasedNumber {
        let number = PurchasedNumber(id: LiveKitID.make(LiveKitID.number), e164: e164, assignedAt: call.time)
        store(number)
        note(.purchase, number, call)
        return number
    }
}
