import SwitchboardCore
import SwitchboardSandbox

extension TwilioOperation {
    private static let route = Route("/v1/Trunks/{parent}/PhoneNumbers/{sid}")

    /// The numbers of a trunk: the same fact as a number's `trunk_sid`, seen from the trunk (contract section 5.3).
    static let trunkNumbers = [
        TwilioOperation("ListPhoneNumber", "GET", route.list, faults: [.endless]) { world, call throws(TwilioError) in
            let numbers = world.numbers(of: try trunk(world, call))
            return .ok(
                try world.page(numbers, "phone_numbers", isTrunking: true, call) { attached($0, world, call) })
        },
        TwilioOperation("CreatePhoneNumber", "POST", route.list) { world, call throws(TwilioError) in
            let trunk = try trunk(world, call)
            let sid = try call.parameters.required("PhoneNumberSid")
            guard var number = world[.number, sid], number.account == call.account.sid else { throw call.notFound }
            if number.text("trunk_sid") != trunk.sid {
                number["trunk_sid"] = .string(trunk.sid)
                number.values["voice_application_sid"] = nil
                number.updated = call.time
                world.put(number)
            }
            return .created(attached(number, world, call))
        },
        TwilioOperation("FetchPhoneNumber", "GET", route) { world, call throws(TwilioError) in
            .ok(attached(try number(world, call), world, call))
        },
        TwilioOperation("DeletePhoneNumber", "DELETE", route) { world, call throws(TwilioError) in
            var number = try number(world, call)
            number.values["trunk_sid"] = nil
            number.updated = call.time
            world.put(number)
            return .gone
        },
    ]

    private static func trunk(_ world: TwilioWorld, _ call: TwilioCall) throws(TwilioError) -> Resource {
        guard let trunk = world[.trunk, call.parent], trunk.account == call.account.sid else { throw call.notFound }
        return trunk
    }

    private static func number(_ world: TwilioWorld, _ call: TwilioCall) throws(TwilioError) -> Resource {
        let trunk = try trunk(world, call)
        guard let number = world[.number, call.sid], number.text("trunk_sid") == trunk.sid else { throw call.notFound }
        return number
    }

    /// The number as the trunking API prints it.
    private static func attached(_ number: Resource, _ world: TwilioWorld, _ call: TwilioCall) -> JSON {
        world.json(number, fields(call.base), isTrunking: true, call.base)
    }

    private static func fields(_ base: String) -> [Field] {
        names.map { name in
            switch name {
            case "capabilities":
                // The trunking API does not tell of fax.
                return Field(name, .computed { .object(($1[name].members ?? []).filter { $0.name != "fax" }) })
            case "url":
                return Field(
                    name,
                    .computed { _, number in
                        .string(base + route.path(["parent": number.text("trunk_sid"), "sid": number.sid]))
                    })
            case "links":
                return Field(
                    name, .computed { ["phone_number": .string(base + $0.location(of: $1))] })
            default: return Kind.number.type.field(name) ?? Field(name)
            }
        }
    }

    private static let names = [
        "sid", "account_sid", "trunk_sid", "phone_number", "friendly_name", "capabilities", "address_requirements",
        "api_version", "beta", "voice_url", "voice_method", "voice_fallback_url", "voice_fallback_method",
        "voice_application_sid", "voice_caller_id_lookup", "sms_url", "sms_method", "sms_fallback_url",
        "sms_fallback_method", "sms_application_sid", "status_callback", "status_callback_method", "date_created",
        "date_updated", "url", "links",
    ]
}
