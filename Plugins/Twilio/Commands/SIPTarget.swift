import SwitchboardCommands
import SwitchboardCore
import SwitchboardEngine
import SwitchboardLanguage

/// Where Twilio sends a call to so that the platform takes it for one to a number.
///
/// That is a SIP URI of the platform's host, with the credentials that the number's inbound trunk asks for.
struct SIPTarget {
    /// The number whose calls these are.
    let number: E164
    /// The URI, such as `sip:+15105550100@acme01.sip.livekit.cloud;transport=tcp`.
    let uri: String
    /// The inbound trunk that takes the calls.
    let trunk: SIPTrunk
    /// The password of the trunk's user; nil where the trunk asks for none.
    let password: Secret?
    private let picture: RoutingPicture

    /// The parameters that tell it.
    static let parameters = [
        Parameter(
            "number", .positional, .phone, isRequired: true, isMain: true, aliases: ["e164"],
            help: "the number that an inbound trunk takes; a number of the workspace, or any"),
        Parameter(
            "transport", .flag, .choice(["udp", "tcp", "tls"]), help: "how Twilio sends the call; tcp otherwise"),
        Parameter(
            "auth-password", .flag, .secret, aliases: ["auth-pass"],
            help: "the trunk's password, where the platform does not tell it"),
    ]

    /// Asks the platform for the trunk; changes nothing.
    init(_ call: CommandCall) throws {
        guard case .phone(let number)? = call["number"] else {
            throw SwitchboardError(.invalidArgument, "'number' is needed and is nothing")
        }
        self.number = number
        let host = try call.run.platformEntry().host
        uri = "sip:\(number)@\(host);transport=\(call.text("transport") ?? "tcp")"
        picture = try call.run.routingPicture()
        trunk = try Self.trunk(for: number, in: picture)
        var given: Secret?
        if case .secret(let secret)? = call["auth-password"] { given = secret }
        password = try Self.password(of: trunk, given)
    }

    /// The user name that the trunk asks for; nil where it asks for none.
    var username: String? { trunk.authUsername.isEmpty ? nil : trunk.authUsername }

    /// What becomes of a call from there.
    func explanation(of caller: String) -> CallExplanation {
        picture.explain(RoutingPicture.Call(caller: caller, called: number.text))
    }

    // MARK: The trunk

    private static func trunk(for number: E164, in picture: RoutingPicture) throws -> SIPTrunk {
        guard !picture.numbers.contains(where: { $0.e164 == number }) else {
            throw SwitchboardError(
                .conflict, "calls to \(number) reach the platform by themselves: it holds the number",
                help: "name a number that comes in by a trunk")
        }
        let trunks = picture.entrances(of: number)
        guard let trunk = trunks.first else {
            throw SwitchboardError(
                .notFound, "no inbound trunk takes the calls to \(number)",
                help: "make one with: trunk create --name twilio-voice --numbers \(number)"
                    + " --auth-username NAME --auth-password (secret NAME)")
        }
        guard trunks.count == 1 else {
            let titles = trunks.map(\.title).sorted().joined(separator: " and ")
            throw SwitchboardError(
                .conflict, "calls to \(number) may come in by \(titles), and nobody can tell by which",
                help: "leave the number on one trunk only")
        }
        return trunk
    }

    private static func password(of trunk: SIPTrunk, _ given: Secret?) throws -> Secret? {
        guard !trunk.authUsername.isEmpty else {
            guard given == nil else {
                throw SwitchboardError(
                    .conflict, "\(trunk.title) asks for no password",
                    help:
                        "give it one with: trunk update \(trunk.id) --auth-username NAME --auth-password (secret NAME)")
            }
            return nil
        }
        let told = trunk.password.flatMap { $0.isMask ? nil : $0 }
        guard let password = given ?? told else {
            throw SwitchboardError(
                .invalidArgument, "the platform hides the password of \(trunk.title)",
                help: "give it with --auth-password (secret NAME)")
        }
        guard told == nil || told == password else {
            throw SwitchboardError(.conflict, "\(trunk.title) has another password than --auth-password")
        }
        return password
    }
}

extension SIPTrunk {
    /// What messages call it.
    var title: String { name.isEmpty ? "the inbound trunk \(id)" : "the inbound trunk '\(name)' (\(id))" }
}
