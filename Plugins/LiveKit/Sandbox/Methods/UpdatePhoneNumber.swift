import SwitchboardCore
import SwitchboardSandbox

extension LiveKitMethod {
    static let updatePhoneNumber: Body = { world, message, call throws(TwirpError) in
        let number = try world.named(by: message)
        if call.fault?.kind == .refusedUpdate { throw .updateRefused }
        switch message.optionalString("sip_dispatch_rule_id") {
        case nil: break
        case ""?: try world.detach(number)
        case let id?:
            let rule = try world.bindable(id)
            try world.checkMove(number, to: rule)
            world.bind(number, to: rule)
        }
        var response = ProtoMessage(PhoneNumberSchemas.updateResponse)
        response.set("phone_number", world.sparse(number, call))
        return response
    }
}

extension LiveKitWorld {
    /// Takes the number out of every rule, unless that would leave one that takes all calls.
    fileprivate mutating func detach(_ number: PurchasedNumber) throws(TwirpError) {
        let bound = rules.rules(naming: number.id)
        for id in bound where rules[id]?.strings("trunk_ids").allSatisfy({ $0 == number.id }) == true {
            throw TwirpError(.invalidArgument, "dispatch rule \(id) would be left without trunk_ids")
        }
        for id in bound { unbind(number, from: id) }
    }
}
