import SwitchboardCore
import SwitchboardSandbox

/// One method of the API: its messages and what it does to the world.
struct LiveKitMethod: Sendable {
    typealias Body =
        @Sendable (inout LiveKitWorld, ProtoMessage, LiveKitCall) throws(TwirpError) -> ProtoMessage

    let name: String
    let request: ProtoSchema
    let response: ProtoSchema
    /// What a token must allow.
    let grant: Grant
    /// Whether it changes something, so that a repeated request must not run again.
    let isMutating: Bool
    /// LiveKit's own faults that mean something here.
    let faults: Set<Fault.Kind>
    /// What is looked at before the method runs.
    let checks: [Check<ProtoMessage>]
    private let body: Body

    /// Checks the message, then runs the method.
    func run(
        _ world: inout LiveKitWorld, _ message: ProtoMessage, _ call: LiveKitCall
    ) throws(TwirpError) -> ProtoMessage {
        try checks.pass(message)
        return try body(&world, message, call)
    }

    /// The service parts of the paths.
    static let services: Set<String> = ["livekit.PhoneNumberService", "livekit.SIP"]

    /// The methods by their paths.
    static let all: [String: LiveKitMethod] = {
        let known =
            phoneNumbers.map { ("/twirp/livekit.PhoneNumberService/\($0.name)", $0) }
            + (trunks + dispatchRules + participants).map { ("/twirp/livekit.SIP/\($0.name)", $0) }
        return Dictionary(uniqueKeysWithValues: known)
    }()

    private static let phoneNumbers = [
        LiveKitMethod(
            "SearchPhoneNumbers", PhoneNumberSchemas.searchRequest, PhoneNumberSchemas.searchResponse,
            reading: searchPhoneNumbers),
        LiveKitMethod(
            "PurchasePhoneNumber", PhoneNumberSchemas.purchaseRequest, PhoneNumberSchemas.purchaseResponse,
            [.taken, .halfDone, .pending, .newerFields], changing: purchasePhoneNumber),
        LiveKitMethod(
            "ListPhoneNumbers", PhoneNumberSchemas.listRequest, PhoneNumberSchemas.listResponse,
            [.endless, .pending, .newerFields], reading: listPhoneNumbers),
        LiveKitMethod(
            "GetPhoneNumber", PhoneNumberSchemas.getRequest, PhoneNumberSchemas.getResponse,
            [.pending, .newerFields], reading: getPhoneNumber),
        LiveKitMethod(
            "UpdatePhoneNumber", PhoneNumberSchemas.updateRequest, PhoneNumberSchemas.updateResponse,
            [.refusedUpdate, .pending, .newerFields], changing: updatePhoneNumber),
        LiveKitMethod(
            "ReleasePhoneNumbers", PhoneNumberSchemas.releaseRequest, PhoneNumberSchemas.releaseResponse,
            [.halfDone, .slowReturn], changing: releasePhoneNumbers),
    ]

    private static let trunks = [
        LiveKitMethod(
            "CreateSIPInboundTrunk", TrunkSchemas.createInboundRequest, TrunkSchemas.inboundInfo,
            checks: TrunkChecks.createInbound, changing: createInboundTrunk),
        LiveKitMethod(
            "CreateSIPOutboundTrunk", TrunkSchemas.createOutboundRequest, TrunkSchemas.outboundInfo,
            checks: TrunkChecks.createOutbound, changing: createOutboundTrunk),
        LiveKitMethod(
            "UpdateSIPInboundTrunk", TrunkSchemas.updateInboundRequest, TrunkSchemas.inboundInfo,
            checks: TrunkChecks.updateInbound, changing: updateInboundTrunk),
        LiveKitMethod(
            "UpdateSIPOutboundTrunk", TrunkSchemas.updateOutboundRequest, TrunkSchemas.outboundInfo,
            checks: TrunkChecks.updateOutbound, changing: updateOutboundTrunk),
        LiveKitMethod(
            "GetSIPInboundTrunk", TrunkSchemas.getInboundRequest, TrunkSchemas.getInboundResponse, [],
            checks: TrunkChecks.naming, reading: getInboundTrunk),
        LiveKitMethod(
            "GetSIPOutboundTrunk", TrunkSchemas.getOutboundRequest, TrunkSchemas.getOutboundResponse, [],
            checks: TrunkChecks.naming, reading: getOutboundTrunk),
        LiveKitMethod(
            "ListSIPInboundTrunk", TrunkSchemas.listInboundRequest, TrunkSchemas.listInboundResponse,
            [.endless, .honorLimit], reading: listInboundTrunks),
        LiveKitMethod(
            "ListSIPOutboundTrunk", TrunkSchemas.listOutboundRequest, TrunkSchemas.listOutboundResponse,
            [.endless, .honorLimit], reading: listOutboundTrunks),
        LiveKitMethod(
            "ListSIPTrunk", TrunkSchemas.legacyListRequest, TrunkSchemas.legacyListResponse,
            [.endless, .honorLimit], reading: listTrunks),
        LiveKitMethod(
            "DeleteSIPTrunk", TrunkSchemas.deleteRequest, TrunkSchemas.legacyInfo, checks: TrunkChecks.naming,
            changing: deleteTrunk),
    ]

    private static let dispatchRules = [
        LiveKitMethod(
            "CreateSIPDispatchRule", DispatchRuleSchemas.createRequest, DispatchRuleSchemas.info,
            checks: DispatchRuleChecks.create, changing: createDispatchRule),
        LiveKitMethod(
            "UpdateSIPDispatchRule", DispatchRuleSchemas.updateRequest, DispatchRuleSchemas.info,
            checks: DispatchRuleChecks.update, changing: updateDispatchRule),
        LiveKitMethod(
            "ListSIPDispatchRule", DispatchRuleSchemas.listRequest, DispatchRuleSchemas.listResponse,
            [.endless, .honorLimit], reading: listDispatchRules),
        LiveKitMethod(
            "DeleteSIPDispatchRule", DispatchRuleSchemas.deleteRequest, DispatchRuleSchemas.info,
            checks: DispatchRuleChecks.delete, changing: deleteDispatchRule),
    ]

    private static let participants = [
        LiveKitMethod(
            "CreateSIPParticipant", ParticipantSchemas.createRequest, ParticipantSchemas.info, grant: .sipCall,
            checks: ParticipantChecks.create, changing: createParticipant),
        LiveKitMethod(
            "TransferSIPParticipant", ParticipantSchemas.transferRequest, ParticipantSchemas.transferResponse,
            grant: .sipCallAndRoomAdmin, checks: ParticipantChecks.transfer, changing: transferParticipant),
    ]

    private init(
        _ name: String, _ request: ProtoSchema, _ response: ProtoSchema, _ faults: Set<Fault.Kind> = [],
        grant: Grant = .sipAdmin, checks: [Check<ProtoMessage>] = [], changing body: @escaping Body
    ) {
        self.init(name, request, response, grant, isMutating: true, faults, checks, body)
    }

    private init(
        _ name: String, _ request: ProtoSchema, _ response: ProtoSchema, _ faults: Set<Fault.Kind> = [.endless],
        checks: [Check<ProtoMessage>] = [], reading body: @escaping Body
    ) {
        self.init(name, request, response, .sipAdmin, isMutating: false, faults, checks, body)
    }

    private init(
        _ name: String, _ request: ProtoSchema, _ response: ProtoSchema, _ grant: Grant, isMutating: Bool,
        _ faults: Set<Fault.Kind>, _ checks: [Check<ProtoMessage>], _ body: @escaping Body
    ) {
        self.name = name
        self.request = request
        self.response = response
        self.grant = grant
        self.isMutating = isMutating
        self.faults = faults.union([.wrongRegion])
        self.checks = checks
        self.body = body
    }
}
