/// A list of things in a seed and in the state: its name there, and the lists within its members.
struct SeedList: Sendable {
    let name: String
    let kind: Kind
    var children: [SeedList] = []

    /// The lists of an account, in the order in which what refers to others comes after them.
    static let all = [
        SeedList(
            name: "credential_lists", kind: .credentialList,
            children: [SeedList(name: "credentials", kind: .credential)]),
        SeedList(
            name: "ip_access_control_lists", kind: .addressList,
            children: [SeedList(name: "ip_addresses", kind: .address)]),
        SeedList(
            name: "trunks", kind: .trunk,
            children: [
                SeedList(name: "origination_urls", kind: .originationURL),
                SeedList(name: "credential_lists", kind: .trunkCredentialList),
                SeedList(name: "ip_access_control_lists", kind: .trunkAddressList),
            ]),
        SeedList(name: "numbers", kind: .number), SeedList(name: "caller_ids", kind: .callerID),
        SeedList(
            name: "conferences", kind: .conference,
            children: [SeedList(name: "participants", kind: .participant)]),
        SeedList(name: "twiml_bins", kind: .twimlBin),
    ]
}
