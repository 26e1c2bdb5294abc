import SwitchboardCore
public import SwitchboardEngine

/// Where calls enter the platform.
public struct PlatformEntry: Sendable {
    /// Such as `acme01.sip.livekit.cloud`.
    public let host: String

    /// Where a carrier's trunk leads calls to: by TCP, since the headers of a call from a carrier may not fit a datagram.
    var uri: String { "sip:\(host);transport=tcp" }
}

extension RunSession {
    /// Where calls enter the platform of the profile.
    ///
    /// Throws `unauthorized` where the settings do not tell it.
    public func platformEntry() throws -> PlatformEntry {
        let manifest = type(of: try providers.callAnswering()).manifest
        let endpoint = manifest.endpoints(try providers.settings(of: manifest.name)).first { $0.name == "sip_host" }
        if let host = endpoint?.value { return PlatformEntry(host: host) }
        throw SwitchboardError(
            .unauthorized,
            "profile '\(profile)' does not tell at which SIP host calls enter \(manifest.displayName)",
            help: endpoint?.remark, provider: manifest.name, fields: ["sip_host": "missing"])
    }

    /// Throws where calls to a number would not come in by a trunk of the platform, as it is or is to be made, although it
    /// lists the number: another takes them, or the platform has sold the number itself.
    func requireEntrance(of number: E164, by trunk: SIPTrunk) throws {
        guard trunk.direction == .inbound else { return }
        var (picture, wanted) = (try routingPicture(), trunk)
        if wanted.id.isEmpty { wanted.id = "a new trunk" }
        if !trunk.carries(anyOf: [number.text]) { wanted.numbers.append(number.text) }
        if let fault = wanted.conflict(among: picture.trunks) { throw fault.error }
        picture.trunks = picture.trunks.filter { $0.id != wanted.id } + [wanted]
        let call = RoutingPicture.Call(caller: wanted.allowedNumbers.first ?? "anonymous", called: number.text)
        let explanation = picture.explain(call)
        guard explanation.trunkID != wanted.id else { return }
        let way = explanation.trunkID.map { "they come in by \($0)" } ?? explanation.reason
        throw SwitchboardError(.conflict, "calls to \(number) do not come in by the \(trunk.title): \(way)")
    }
}
