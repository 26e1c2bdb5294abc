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
    /// The method itself; nil for one that this sandbox knows of and does not offer.
    let body: Body?

    /// The service parts of the paths.
    static let services: Set<String> = ["livekit.PhoneNumberService", "livekit.SIP"]

    /// The methods by their paths.
    static let all: [String: LiveKitMethod] = {
        let known =
            phoneNumbers.map { ("/twirp/livekit.PhoneNumberService/\($0.name)", $0) }
            + (dispatchRules + notOffered).map { ("/twirp/livekit.SIP/\($0.name)", $0) }
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

    private static let dispatchRules = [
        LiveKitMethod(
            "CreateSIPDispatchRule", DispatchRuleSchemas.createRequest, DispatchRuleSchemas.info,
            changing: createDispatchRule),
        LiveKitMethod(
            "UpdateSIPDispatchRule", DispatchRuleSchemas.updateRequest, DispatchRuleSchemas.info,
            changing: updateDispatchRule),
        LiveKitMethod(
            "ListSIPDispatchRule", DispatchRuleSchemas.listRequest, DispatchRuleSchemas.listResponse,
            reading: listDispatchRules),
        LiveKitMethod(
            "DeleteSIPDispatchRule", DispatchRuleSchemas.deleteRequest, DispatchRuleSchemas.info,
            changing: deleteDispatchRule),
    ]

    private static let notOffered = [
        "CreateSIPInboundTrunk", "UpdateSIPInboundTrunk", "GetSIPInboundTrunk", "ListSIPInboundTrunk",
        "CreateSIPOutboundTrunk", "UpdateSIPOutboundTrunk", "GetSIPOutboundTrunk", "ListSIPOutboundTrunk",
        "ListSIPTrunk", "DeleteSIPTrunk", "CreateSIPParticipant", "TransferSIPParticipant",
    ].map { LiveKitMethod(notOffered: $0) }

    private init(
        _ name: String, _ request: ProtoSchema, _ response: ProtoSchema, _ faults: Set<Fault.Kind> = [],
        grant: Grant = .sipAdmin, changing body: @escaping Body
    ) {
        self.init(name, request, response, grant, isMutating: true, faults, body)
    }

    private init(
        _ name: String, _ request: ProtoSchema, _ response: ProtoSchema, _ faults: Set<Fault.Kind> = [.endless],
        reading body: @escaping Body
    ) {
        self.init(name, request, response, .sipAdmin, isMutating: false, faults, body)
    }

    private init(notOffered name: String) {
        let nothing = ProtoSchema(name, [])
        self.init(name, nothing, nothing, .sipAdmin, isMutating: false, [], nil)
    }

    private init(
        _ name: String, _ request: ProtoSchema, _ response: ProtoSchema, _ grant: Grant, isMutating: Bool,
        _ faults: Set<Fault.Kind>, _ body: Body?
    ) {
        self.name = name
        self.request = request
        self.response = response
        self.grant = grant
        self.isMutating = isMutating
        self.faults = faults.union([.wrongRegion])
        self.body = body
    }
}
