import SwitchboardCore

/// The base of every call: scheme, host and an optional path prefix, without a slash at the end.
struct BaseURL: Sendable {
    let text: String

    /// Reads the setting `url`; `ws` and `wss`, as LiveKit shows them, mean `http` and `https`.
    init(_ setting: String, profile: String) throws {
        let parts = setting.split(separator: "://", maxSplits: 1, omittingEmptySubsequences: false)
        let schemes = ["ws": "http", "wss": "https", "http": "http", "https": "https"]
        guard parts.count == 2, let scheme = schemes[parts[0].lowercased()] else {
            throw Self.refused(profile, "has no scheme such as https://")
        }
        var rest = parts[1]
        while rest.last == "/" { rest.removeLast() }
        guard let host = rest.split(separator: "/", omittingEmptySubsequences: false).first, !host.isEmpty,
            host.first != ":"
        else { throw Self.refused(profile, "has no host") }
        guard rest.utf8.allSatisfy({ (0x21...0x7e).contains($0) && !"@?#\"<>\\".utf8.contains($0) }) else {
            throw Self.refused(profile, "holds more than a host and a path")
        }
        text = scheme + "://" + rest
    }

    private static func refused(_ profile: String, _ fault: String) -> SwitchboardError {
        SwitchboardError(
            .invalidArgument, "the livekit setting 'url' of profile '\(profile)' \(fault)",
            help: "use the project's URL, such as wss://acme.livekit.cloud", provider: LiveKitProvider.name,
            fields: ["url": fault])
    }
}
