import SwitchboardCore
import Testing

/// What the SIP service refuses before it does anything (contract section 4.2): requests and LiveKit's words.
enum EmulatorSIPRefusals {
    /// A request and the refusal that it gets.
    struct Refusal: Sendable, CustomTestStringConvertible {
        let method: String
        let body: JSON
        let message: String
        var code = "invalid_argument"
        var status = 400

        var testDescription: String { "\(method) \(message)" }
    }

    /// Members that put a trunk at fault, and what is then said of it.
    typealias Fault = (members: JSON, message: String)

    private static let number: JSON = ["+15105550100"]
    static let long = String(repeating: "x", count: 256)

    private static func codec(_ name: String) -> JSON {
        ["media": ["codecs": [["name": "PCMU"], ["name": .string(name)]]]]
    }

    static func header(_ name: String, _ value: String = "v") -> JSON {
        ["headers": .object([.init("X-Fine", "v"), .init(name, .string(value))])]
    }

    private static let media: [Fault] = [
        (codec(""), "missing codec name"), (codec("PC MU"), "invalid codec name"),
        (codec("PC\tMU"), "invalid codec name"),
        (codec("PCMU/8000"), "codec name must not contain '/'"),
        (["media": ["media_timeout": "-0.000000001s"]], "media_timeout must not be negative"),
        (["media": ["media_timeout": "600.000000001s"]], "media_timeout must not exceed 10m0s"),
    ]

    private static let headers: [Fault] = [
        (header(""), "invalid header name: header name cannot be empty"),
        (header(long), "invalid header name: header name too long (max 255 characters)"),
        (header("X:Y"), "invalid header name: header name X:Y contains invalid characters: char 58 not allowed"),
        (header("X-Ä"), "invalid header name: header name X-Ä contains invalid characters: char 196 not allowed"),
        (header("Call-ID"), "invalid header name: header name Call-ID not supported"),
        (header("V"), "invalid header name: header name V not supported"),
        (
            header("X-A", long + long + long + long + "x"),
            "invalid header value for X-A: header X-A: value too long (max 1024 characters)"
        ),
        (header("X-A", "a\r\nb"), "invalid header value for X-A: header X-A: value: char 13 not allowed"),
        (header("X-A", "\u{7F}"), "invalid header value for X-A: header X-A: value: char 127 not allowed"),
    ]

    private static let maps: [Fault] = [
        (["attributes_to_headers": ["a": "X-A", "b": ""]], "invalid header name: header name cannot be empty"),
        (
            ["attributes_to_headers": ["a": "X A"]],
            "invalid header name: header name X A contains invalid characters: char 32 not allowed"
        ),
        (
            ["headers_to_attributes": ["X/A": "a"]],
            "invalid header name: header name X/A contains invalid characters: char 47 not allowed"
        ),
    ]

    /// The faults of an inbound trunk, in the order in which LiveKit looks for them.
    static let inbound: [Fault] =
        [
            (
                ["numbers": []],
                "for security, one of the fields must be set: AuthUsername+AuthPassword, AllowedAddresses or Numbers"
            )
        ] + media + headers + maps

    /// The faults of an outbound trunk, in the order in which LiveKit looks for them.
    static let outbound: [Fault] =
        [
            (["numbers": []], "no trunk numbers specified"), (["address": ""], "no outbound address specified"),
            (["address": "sip:a;transport=tls"], "trunk address should not contain transport parameter"),
            (["address": "a@b"], "trunk address should be a hostname or IP, not SIP URI"),
            (["address": "a;b"], "trunk address should be a hostname or IP, not SIP URI"),
            (["address": "sip:a"], "trunk address should be a hostname or IP, not SIP URI"),
            (["address": "sips:a"], "trunk address should be a hostname or IP, not SIP URI"),
            (["from_host": "a;transport=udp"], "from_host should not contain transport parameter"),
            (["from_host": "sips:a"], "from_host should be a hostname or IP, not SIP URI"),
        ] + headers + maps + media

    static let inboundBase: JSON = ["numbers": number]
    static let outboundBase: JSON = ["numbers": number, "address": "sip.example.com:5060"]

    /// Every fault of a trunk's own, in a request to create it and in one to put it in another's place.
    private static let trunkRefusals: [Refusal] = {
        func both(_ direction: String, _ base: JSON, _ faults: [Fault]) -> [Refusal] {
            faults.flatMap { fault in
                let trunk = base.merging(fault.members)
                return [
                    Refusal(method: "CreateSIP\(direction)Trunk", body: ["trunk": trunk], message: fault.message),
                    Refusal(
                        method: "UpdateSIP\(direction)Trunk", body: ["sip_trunk_id": "ST_unknown", "replace": trunk],
                        message: fault.message),
                ]
            }
        }
        return both("Inbound", inboundBase, inbound) + both("Outbound", outboundBase, outbound)
    }()

    private static let listFaults: [Fault] = [
        ([:], "unsupported list update operation"), (["set": [], "clear": false], "unsupported list update operation"),
        (["clear": true, "set": ["a"]], "cannot clear and change the list at the same time"),
        (["clear": true, "remove": ["a"]], "cannot clear and change the list at the same time"),
        (["clear": true, "add": ["a"], "set": ["a"]], "cannot clear and change the list at the same time"),
        (["set": ["a"], "add": ["b"]], "cannot set and change the list at the same time"),
        (["set": ["a"], "remove": [""]], "cannot set and change the list at the same time"),
        (["set": ["a", ""]], "empty element in the list"), (["add": [""]], "empty element in the list"),
        (["remove": ["", "a"]], "empty element in the list"),
    ]

    /// Every fault of a `ListUpdate`, in every field that takes one; the thing to be updated need not exist.
    private static let listRefusals: [Refusal] = {
        let fields = [
            ("SIPInboundTrunk", "sip_trunk_id", ["numbers", "allowed_addresses", "allowed_numbers"]),
            ("SIPOutboundTrunk", "sip_trunk_id", ["numbers"]),
            ("SIPDispatchRule", "sip_dispatch_rule_id", ["trunk_ids"]),
        ]
        return fields.flatMap { thing, id, lists in
            lists.flatMap { list in
                listFaults.map { fault in
                    Refusal(
                        method: "Update" + thing,
                        body: .object([.init(id, "X_unknown"), .init("update", .object([.init(list, fault.members)]))]),
                        message: fault.message)
                }
            }
        }
    }()

    private static let trunkRequests: [Refusal] = ["Inbound", "Outbound"].flatMap { direction in
        let update = "UpdateSIP\(direction)Trunk"
        return [
            Refusal(method: "CreateSIP\(direction)Trunk", body: [:], message: "missing trunk"),
            Refusal(
                method: "CreateSIP\(direction)Trunk", body: ["trunk": ["sip_trunk_id": "ST_x"]],
                message: "trunk id must not be set"),
            Refusal(method: update, body: [:], message: "trunk id must be set"),
            Refusal(method: update, body: ["replace": ["sip_trunk_id": "ST_y"]], message: "trunk id must be set"),
            Refusal(
                method: update, body: ["sip_trunk_id": "ST_x"], message: "missing or unsupported update action"),
            Refusal(
                method: update, body: ["sip_trunk_id": "ST_x", "replace": ["sip_trunk_id": "ST_y"]],
                message: "trunk id in the info must be empty or match the id in the update"),
            Refusal(method: "GetSIP\(direction)Trunk", body: [:], message: "trunk ID is required"),
        ]
    }

    private static let kind: JSON = ["dispatch_rule_direct": ["room_name": "lobby"]]

    private static let ruleRequests: [Refusal] = [
        Refusal(method: "DeleteSIPTrunk", body: [:], message: "trunk ID is required"),
        Refusal(
            method: "CreateSIPDispatchRule", body: ["dispatch_rule": ["sip_dispatch_rule_id": "SDR_x"]],
            message: "rule id must not be set"),
        Refusal(method: "CreateSIPDispatchRule", body: [:], message: "missing rule"),
        Refusal(method: "CreateSIPDispatchRule", body: ["dispatch_rule": [:], "rule": kind], message: "missing rule"),
        Refusal(
            method: "CreateSIPDispatchRule", body: ["dispatch_rule": ["rule": [:]]],
            message: "twirp error unknown: unsupported SIP Dispatch Rule: <nil>"),
        Refusal(
            method: "CreateSIPDispatchRule", body: ["rule": [:]],
            message: "twirp error unknown: unsupported SIP Dispatch Rule: <nil>"),
        Refusal(method: "UpdateSIPDispatchRule", body: [:], message: "rule id must be set"),
        Refusal(
            method: "UpdateSIPDispatchRule", body: ["replace": ["sip_dispatch_rule_id": "SDR_y"]],
            message: "rule id must be set"),
        Refusal(
            method: "UpdateSIPDispatchRule", body: ["sip_dispatch_rule_id": "SDR_x"],
            message: "missing or unsupported update action"),
        Refusal(
            method: "UpdateSIPDispatchRule",
            body: ["sip_dispatch_rule_id": "SDR_x", "replace": ["sip_dispatch_rule_id": "SDR_y"]],
            message: "rule id in the info must be empty or match the id in the update"),
        Refusal(
            method: "UpdateSIPDispatchRule", body: ["sip_dispatch_rule_id": "SDR_x", "replace": ["name": "n"]],
            message: "missing rule"),
        Refusal(method: "DeleteSIPDispatchRule", body: [:], message: "dispatch rule ID is required"),
    ]

    /// The faults of a request for a participant, in the order in which LiveKit looks for them.
    private static let callFaults: [Fault] =
        [
            (["sip_trunk_id": ""], "missing sip trunk id and sip number"),
            (["trunk": [:]], "no outbound hostname specified"),
            (["trunk": ["hostname": "a;transport=tcp"]], "trunk hostname should not contain transport parameter"),
            (["trunk": ["hostname": "sip:a"]], "trunk hostname should be a hostname or IP, not SIP URI"),
            (
                ["trunk": ["hostname": "a", "from_host": "b;transport="]],
                "from_host should not contain transport parameter"
            ),
            (["trunk": ["hostname": "a", "from_host": "b@c"]], "from_host should be a hostname or IP, not SIP URI"),
            (
                ["trunk": ["hostname": "a", "attributes_to_headers": ["a": ""]]],
                "invalid header name: header name cannot be empty"
            ),
            (
                ["trunk": ["hostname": "a", "headers_to_attributes": ["": "a"]]],
                "invalid header name: header name cannot be empty"
            ),
            (["sip_call_to": ""], "missing sip callee number"),
            (
                ["sip_call_to": "+15105550100@example.com"],
                "SipCallTo should be a phone number or SIP user, not a full SIP URI"
            ),
            (["room_name": ""], "missing room name"),
        ] + headers

    private static let transferFaults: [Fault] =
        [
            (["room_name": ""], "missing room name"), (["participant_identity": ""], "missing participant identity"),
            (["transfer_to": ""], "missing transfer to"),
            (["transfer_to": "+15105550100"], "transfer_to must be a valid SIP(s) or TEL URI (sip:, sips: or tel:)"),
            (["transfer_to": "<a@b>"], "transfer_to must be a valid SIP(s) or TEL URI (sip:, sips: or tel:)"),
        ] + headers

    static let call: JSON = ["sip_trunk_id": "ST_unknown", "sip_call_to": "+15105550100", "room_name": "lobby"]
    static let transfer: JSON = [
        "participant_identity": "ann", "room_name": "lobby", "transfer_to": "tel:+15105550101",
    ]

    private static let callRequests =
        callFaults.map {
            Refusal(method: "CreateSIPParticipant", body: call.merging($0.members), message: $0.message)
        }
        + transferFaults.map {
            Refusal(method: "TransferSIPParticipant", body: transfer.merging($0.members), message: $0.message)
        }

    /// A request's base, the field that holds it, and its faults in the order in which LiveKit looks for them.
    struct Table: Sendable, CustomTestStringConvertible {
        let method: String
        var field: String?
        let base: JSON
        let faults: [Fault]

        var testDescription: String { method }
    }

    /// The faults of which any two in different fields can stand in one request.
    static let tables = [
        Table(method: "CreateSIPInboundTrunk", field: "trunk", base: inboundBase, faults: inbound),
        Table(method: "CreateSIPOutboundTrunk", field: "trunk", base: outboundBase, faults: outbound),
        Table(method: "CreateSIPParticipant", base: call, faults: Array(callFaults.dropFirst())),
        Table(method: "TransferSIPParticipant", base: transfer, faults: transferFaults),
    ]

    /// One refusal for each fault of every message of the service.
    static let all = trunkRefusals + trunkRequests + listRefusals + ruleRequests + callRequests
}

extension JSON {
    /// The object with the other's members, in the place of its own of the same names.
    func merging(_ other: JSON) -> JSON {
        let others = other.members ?? []
        return .object((members ?? []).filter { member in !others.contains { $0.name == member.name } } + others)
    }
}
