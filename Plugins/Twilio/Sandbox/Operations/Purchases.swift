import SwitchboardCore
import SwitchboardSandbox

extension TwilioOperation {
    private static let path = account + "/IncomingPhoneNumbers"

    /// Buying numbers, and the lists of one type (contract section 3).
    static let purchases: [TwilioOperation] =
        [buying("", Route(path + ".json"), nil)]
        + NumberPool.Kind.allCases.flatMap { kind in
            let route = Route("\(path)/\(kind.rawValue).json")
            return [buying(kind.rawValue, route, kind), listing(kind, route)]
        }

    private static func listing(_ kind: NumberPool.Kind, _ route: Route) -> TwilioOperation {
        TwilioOperation("ListIncomingPhoneNumber" + kind.rawValue, "GET", route, faults: [.endless]) {
            world, call throws(TwilioError) in
            let type = Kind.number.type
            let all = world.all(.number, of: call.account.sid).filter { $0.text("type") == kind.word }
            let wanted = type.filtered(all, call)
            return .ok(try world.page(wanted, type.listKey, isTrunking: false, call) { world.json($0, call) })
        }
    }

    private static func buying(_ suffix: String, _ route: Route, _ kind: NumberPool.Kind?) -> TwilioOperation {
        TwilioOperation(
            "CreateIncomingPhoneNumber" + suffix, "POST", route, faults: [.taken], isForTest: true
        ) { world, call throws(TwilioError) in
            if kind != nil, call.parameters["AreaCode"] != nil {
                throw TwilioError(21457, "AreaCode is not supported here; pass PhoneNumber.")
            }
            if call.account.isTest || MagicNumbers.areAsked(call) {
                return .created(try MagicNumbers.buy(world, call))
            }
            let e164 = try wanted(world, call)
            if let kind, let pool = world.inventory.pool(of: e164), pool.kind != kind {
                throw TwilioError(21458, "\(e164) is not a \(kind.word) number.")
            }
            return .created(world.json(try buy(e164, &world, call), call))
        }
    }

    /// The number that `PhoneNumber` names, or the first one of `AreaCode` that nobody has.
    private static func wanted(_ world: TwilioWorld, _ call: TwilioCall) throws(TwilioError) -> String {
        let (number, area) = (call.parameters["PhoneNumber"] ?? "", call.parameters["AreaCode"] ?? "")
        guard number.isEmpty != area.isEmpty else {
            throw TwilioError(21421, "Pass either PhoneNumber or AreaCode.")
        }
        if area.isEmpty {
            guard E164(number) != nil else { throw TwilioError(21421, "\(number) is not a valid number.") }
            return number
        }
        guard NumberingPlan.area(area) != nil else { throw TwilioError(21451, "\(area) is not a valid area code.") }
        let pools = world.inventory.pools(country: "US", .local).filter { $0.area == area }
        let free = pools.lazy.flatMap(\.numbers).first { world.owner(of: $0) == nil }
        guard let free, call.fault?.kind != .taken else {
            throw TwilioError(21452, "No phone numbers found in area code \(area).")
        }
        return free
    }

    /// Buys a number; one that the account has already is changed instead.
    private static func buy(
        _ e164: String, _ world: inout TwilioWorld, _ call: TwilioCall
    ) throws(TwilioError) -> Resource {
        let type = Kind.number.type
        let earlier = world.number(e164)
        if let earlier, earlier.account == call.account.sid {
            var number = earlier
            try type.apply(call.parameters, to: &number, isNew: false)
            number.updated = call.time
            try type.rule(world, &number, earlier, call)
            world.put(number)
            return number
        }
        let isTaken = call.fault?.kind == .taken && (call.fault?.number ?? e164) == e164
        guard earlier == nil, !isTaken, let pool = world.inventory.pool(of: e164) else {
            throw TwilioError(21422, "\(e164) is not available.")
        }
        if call.account.isTrial, !world.all(.number, of: call.account.sid).isEmpty {
            throw TwilioError(21404, "A trial account may hold one number only.")
        }
        var number = world.newNumber(e164, account: call.account.sid, at: call.time)
        try type.apply(call.parameters, to: &number, isNew: true)
        try pool.requirement.check(number)
        try type.rule(world, &number, nil, call)
        world.note(.purchase, number, at: call.time)
        return world.add(number)
    }
}

/// The inputs with which every account can try a purchase out, and all that test credentials know; what is bought with
/// them is not kept (contract section 3.5).
enum MagicNumbers {
    private static let free = "+15005550006"
    private static let numbers = ["+15005550000", "+15005550001", free]
    private static let areas = ["500", "533"]

    /// Whether a call names one of them and nothing beside it.
    static func areAsked(_ call: TwilioCall) -> Bool {
        let (number, area) = (call.parameters["PhoneNumber"] ?? "", call.parameters["AreaCode"] ?? "")
        return area.isEmpty ? numbers.contains(number) : number.isEmpty && areas.contains(area)
    }

    static func buy(_ world: TwilioWorld, _ call: TwilioCall) throws(TwilioError) -> JSON {
        try check(call.parameters["PhoneNumber"] ?? "", area: call.parameters["AreaCode"] ?? "")
        var number = world.newNumber(free, account: call.account.sid, at: call.time)
        try Kind.number.type.apply(call.parameters, to: &number, isNew: true)
        try Kind.number.type.rule(world, &number, nil, call)
        return world.json(number, call)
    }

    private static func check(_ number: String, area: String) throws(TwilioError) {
        if number.isEmpty, area.isEmpty { throw TwilioError(21421, "Pass either PhoneNumber or AreaCode.") }
        if number.isEmpty {
            if area == "500" { return }
            throw TwilioError(21452, "No phone numbers found in area code \(area).")
        }
        if number == "+15005550001" { throw TwilioError(21421, "\(number) is not a valid number.") }
        if number != free { throw TwilioError(21422, "\(number) is not available.") }
    }
}
