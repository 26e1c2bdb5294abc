import SwitchboardCore
import SwitchboardSandbox

/// One method of the API: its messages and what it does to the world.
struct LiveKitMethod: Sendable {
    typealias Body =
        @Sendable (inout LiveKitWorld, ProtoMessage, LiveKitCall) throws(TwirpError) -> ProtoMessage

    let name: String
    let request: ProtoSchema
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
        LiveKitMethod("SearchPhoneNumbers", PhoneNumberSchemas.searchRequest, reading: searchPhoneNumbers),
        LiveKitMethod(
            "PurchasePhoneNumber", PhoneNumberSchemas.purchaseRequest, [.taken, .halfDone],
            changing: purchasePhoneNumber),
        LiveKitMethod("ListPhoneNumbers", PhoneNumberSchemas.listRequest, reading: listPhoneNumbers),
        LiveKitMethod("GetPhoneNumber", PhoneNumberSchemas.getRequest, [], reading: getPhoneNumber),
        LiveKitMethod(
            "UpdatePhoneNumber", PhoneNumberSchemas.updateRequest, [.refusedUpdate], changing: updatePhoneNumber),
        LiveKitMethod(
            "ReleasePhoneNumbers", PhoneNumberSchemas.releaseRequest, [.halfDone], changing: releasePhoneNumbers),
    ]

    private static let dispatchRules = [
        LiveKitMethod("CreateSIPDispatchRule", DispatchRuleSchemas.createRequest, changing: createDispatchRule),
        LiveKitMethod("UpdateSIPDispatchRule", DispatchRuleSchemas.updateRequest, changing: updateDispatchRule),
        LiveKitMethod("ListSIPDispatchRule", DispatchRuleSchemas.listRequest, reading: listDispatchRules),
        LiveKitMethod("DeleteSIPDispatchRule", DispatchRuleSchemas.deleteRequest, changing: deleteDispatchRule),
    ]

    private static let notOffered = [
        "CreateSIPInboundTrunk", "UpdateSIPInboundTrunk", "GetSIPInboundTrunk", "ListSIPInboundTrunk",
        "CreateSIPOutboundTrunk", "UpdateSIPOutboundTrunk", "GetSIPOutboundTrunk", "ListSIPOutboundTrunk",
        "ListSIPTrunk", "DeleteSIPTrunk", "CreateSIPParticipant", "TransferSIPParticipant",
    ].map { LiveKitMethod(notOffered: $0) }

    private init(_ name: String, _ request: ProtoSchema, _ faults: Set<Fault.Kind> = [], changing body: @escaping Body)
    {
        self.init(name: name, request: request, isMutating: true, faults: faults, body: body)
    }

    private init(
        _ name: String, _ request: ProtoSchema, _ faults: Set<Fault.Kind> = [.endless], reading body: @escaping Body
    ) {
        self.init(name: name, request: request, isMutating: false, faults: faults, body: body)
    }

    private init(notOffered name: String) {
        self.init(name: name, request: ProtoSchema(name, []), isMutating: false, faults: [], body: nil)
    }

    private init(name: String, request: ProtoSchema, isMutating: Bool, faults: Set<Fault.Kind>, body: Body?) {
        self.name = name
        self.request = request
        self.isMutating = isMutating
        self.faults = faults
        self.body = body
    }
}
