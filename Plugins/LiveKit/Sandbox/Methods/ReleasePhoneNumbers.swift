import SwitchboardCore
import SwitchboardSandbox

extension LiveKitMethod {
    static let releasePhoneNumbers: Body = { world, message, call throws(TwirpError) in
        let ids = message.strings("ids")
        let e164s = message.strings("phone_numbers")
        guard ids.isEmpty != e164s.isEmpty else {
            throw TwirpError(.invalidArgument, "exactly one of ids and phone_numbers must be set")
        }
        var numbers: [PurchasedNumber] = []
        var seen: Set<String> = []
        for id in ids.isEmpty ? e164s.map({ world.owned[$0] ?? "" }) : ids {
            guard let number = world.ownedNumber(id: id) else { throw .numberNotFound }
            if seen.insert(number.id).inserted { numbers.append(number) }
        }
        let isHalf = call.fault?.kind == .halfDone
        for number in numbers.prefix(isHalf ? max(1, numbers.count / 2) : numbers.count) {
            world.release(number, call)
        }
        if isHalf { throw .halfDone }
        return ProtoMessage(PhoneNumberSchemas.releaseResponse)
    }
}

extension LiveKitWorld {
    fileprivate mutating func release(_ number: PurchasedNumber, _ call: LiveKitCall) {
        for rule in rules.rules(naming: number.id) { unbind(number, from: rule) }
        var released = number
        released.releasedAt = call.time
        if let fault = call.fault, fault.kind == .slowReturn {
            released.backAt = SandboxTime(microseconds: call.time.microseconds + Int64(fault.delay) * 1000)
        }
        store(released)
        note(.release, released, call)
    }
}
