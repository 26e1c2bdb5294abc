import SwitchboardCore
import SwitchboardSandbox

/// What all resources of one kind have in common: names, place, fields and rules.
struct ResourceType: Sendable {
    typealias Rule = @Sendable (TwilioWorld, inout Resource, Resource?, TwilioCall) throws(TwilioError) -> Void
    typealias Farewell = @Sendable (inout TwilioWorld, Resource, TwilioCall) throws(TwilioError) -> Void

    /// The verbs that need nothing but what this type says.
    enum Verb: String, Sendable, CaseIterable {
        case list = "List"
        case create = "Create"
        case fetch = "Fetch"
        case update = "Update"
        case delete = "Delete"
    }

    /// A list's filter: the parameter and the test.
    struct Filter: Sendable {
        let parameter: String
        let passes: @Sendable (Resource, String) -> Bool
    }

    let kind: Kind
    /// The name in the ids of operations.
    let noun: String
    let prefix: String
    /// The key under which lists have them.
    let listKey: String
    /// Where one is found: `{account}`, `{parent}` and `{sid}` are filled in.
    let route: Route
    /// The fields in the order in which they are printed.
    let fields: [Field]
    var verbs = Set(Verb.allCases)
    /// What it belongs to; nil for the account.
    var parent: Kind?
    /// The parameters without which none is made.
    var required: [String] = []
    /// The parameters that only making one takes.
    var fixed: Set<String> = []
    var filters: [Filter] = []
    /// Twilio's own faults that mean something when one is made.
    var faults: Set<Fault.Kind> = []
    /// Checks one that is made or changed, the earlier one beside it, and completes it.
    var rule: Rule = { _, _, _, _ in }
    /// Refuses a deletion, or deletes what goes with it.
    var farewell: Farewell = { _, _, _ in }

    /// Whether it belongs to the trunking API.
    var isTrunking: Bool { route.text.hasPrefix("/v1/") }

    func field(_ name: String) -> Field? { fields.first { $0.name == name } }

    /// Those that pass the filters of the request.
    func filtered(_ resources: [Resource], _ call: TwilioCall) -> [Resource] {
        let asked = filters.compactMap { filter in
            call.parameters[filter.parameter].flatMap { $0.isEmpty ? nil : (test: filter.passes, text: $0) }
        }
        return resources.filter { resource in asked.allSatisfy { $0.test(resource, $0.text) } }
    }

    /// Sets the fields that the parameters name, in the order in which they were sent.
    func apply(_ parameters: Parameters, to resource: inout Resource, isNew: Bool) throws(TwilioError) {
        for name in parameters.names {
            guard isNew || !fixed.contains(name), let field = fields.first(where: { $0.parameter == name }) else {
                continue
            }
            resource.values[field.name] = try field.read(parameters[name] ?? "")
        }
    }
}

/// The kinds of things that an account has.
enum Kind: String, Hashable, Sendable, CaseIterable {
    case number
    case callerID = "caller_id"
    case trunk
    case originationURL = "origination_url"
    case trunkCredentialList = "trunk_credential_list"
    case trunkAddressList = "trunk_ip_access_control_list"
    case credentialList = "credential_list"
    case credential
    case addressList = "ip_access_control_list"
    case address = "ip_address"
    case conference
    case participant
    case twimlBin = "twiml_bin"

    /// Whether it only says that something is attached to a trunk, and has the sid of that.
    var isReference: Bool { self == .trunkCredentialList || self == .trunkAddressList }

    /// What all of the kind have in common.
    var type: ResourceType {
        switch self {
        case .number: .number
        case .callerID: .callerID
        case .trunk: .trunk
        case .originationURL: .originationURL
        case .trunkCredentialList: .trunkCredentialList
        case .trunkAddressList: .trunkAddressList
        case .credentialList: .credentialList
        case .credential: .credential
        case .addressList: .addressList
        case .address: .address
        case .conference: .conference
        case .participant: .participant
        case .twimlBin: .twimlBin
        }
    }
}
