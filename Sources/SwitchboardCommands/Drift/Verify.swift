import SwitchboardCore
public import SwitchboardEngine
public import SwitchboardLanguage
import SwitchboardStore

/// Says which bound numbers would not reach their agents.
public enum Verify: Command {
    /// The declaration.
    public static let signature = CommandSignature(
        "verify",
        summary: "say which bound numbers would not reach their agents, and why; the script ends with 5 then",
        input: .none, output: .type(.list(.record(RecordTypes.misrouting))), effect: .reads,
        examples: [
            .init(
                "verify", "nothing, where every call reaches the agent of its number",
                setUp: "agent add support; purchase +12125550123 --provider livekit | bind-agent support"),
            .init("verify | select .e164 .agent .reason", "the numbers to mend"),
        ])

    /// Those of the accounts that it asks.
    public static let secrets = SecretNeed.accounts

    /// Follows a call to each bound number through the trunks and rules as they are; places none and changes nothing.
    public static func run(_ call: CommandCall) throws -> Value {
        let run = call.run
        let agents = try run.store.agents(profile: run.profile)
        let bound = try run.store.numbers(profile: run.profile).filter { $0.agentID != nil }
        guard !bound.isEmpty else { return .list([]) }
        let (picture, trunks) = (try run.routingPicture(), try run.store.trunks(profile: run.profile))
        let astray = try astray(bound, trunks, run)
        let found = bound.compactMap { number in
            let agent = agents.first { $0.id == number.agentID }
            let inboundID = RoutedNumber(number, trunks: trunks).inboundID
            return Misrouting(number, agent, inboundID: inboundID, picture, astray: astray[number.e164])
        }
        run.foundDifferences(found.count)
        return .list(found.map { Value($0) })
    }

    /// Why calls to numbers of carriers' accounts do not even leave the carrier for here.
    private static func astray(
        _ bound: [WorkspaceNumber], _ rows: [Trunk], _ run: RunSession
    ) throws -> [E164: String] {
        var reasons: [E164: String] = [:]
        for (provider, account) in CarrierWay.accounts(of: bound, []) {
            let way = try CarrierWay(provider, account: account, run)
            let (carrier, row) = (way.carrier, try way.row())
            let holdings = try run.ask { try await carrier.holdings() }
            let known = Dictionary(holdings.map { ($0.e164, $0) }) { first, _ in first }
            for number in bound where number.provider == provider && number.account == account {
                reasons[number.e164] = reason(known[number.e164], row?.carrierTrunkID, at: provider)
            }
        }
        return reasons
    }

    private static func reason(_ number: CarrierNumber?, _ trunkID: String?, at provider: String) -> String? {
        switch number?.route {
        case nil: "its account at \(provider) does not hold it any more"
        // Where the platform's trunk is gone, that is what to mend.
        case .trunk(let id) where id == trunkID ?? id: nil
        case .trunk(let id): "\(provider) leads its calls into another trunk, \(id)"
        case .application(let id): "\(provider) leads its calls to the application \(id)"
        case .webhook: "\(provider) leads its calls to a webhook"
        case .nowhere: "\(provider) leads its calls nowhere"
        }
    }
}

/// A number that is bound to an agent whom its calls would not reach.
struct Misrouting {
    let e164: E164
    /// The agent's name, or its id where the workspace does not know it.
    let agent: String
    /// Why not, in one sentence without a final period.
    let reason: String
    let explanation: CallExplanation
    let outcome: CallExplanation.Outcome

    /// Finds out where a call goes; nil where it reaches the agent.
    init?(
        _ number: WorkspaceNumber, _ agent: Agent?, inboundID: String, _ picture: RoutingPicture, astray: String?
    ) {
        let trunk = picture.trunks.first { $0.id == inboundID }
        let call = RoutingPicture.Call(
            caller: trunk?.allowedNumbers.first ?? "anonymous", called: number.e164.text)
        explanation = picture.explain(call)
        guard let reason = astray ?? Self.reason(explanation, agent) else { return nil }
        outcome = astray == nil ? explanation.outcome : .rejected
        (e164, self.agent, self.reason) = (number.e164, agent?.name ?? number.agentID ?? "", reason)
    }

    private static func reason(_ explanation: CallExplanation, _ agent: Agent?) -> String? {
        if explanation.outcome == .rejected || explanation.asksForPin { return explanation.reason }
        guard let agent else { return "the workspace has no such agent" }
        guard explanation.agents != [AgentTarget(agent)] else { return nil }
        let names = explanation.agents.map(\.dispatchName)
        let who = names.isEmpty ? "no agent" : names.joined(separator: ", ")
        return "\(explanation.reason); it sends \(who) into the room"
    }
}

extension RecordTypes {
    /// The text `misrouting`.
    static let misrouting = RecordType(
        name: "misrouting", summary: "a bound number whose calls do not reach its agent", columns: Misrouting.columns)
}

extension Value {
    /// The record `misrouting`.
    fileprivate init(_ found: Misrouting) { self = .record(Record("misrouting", found, columns: Misrouting.columns)) }
}

extension Misrouting {
    fileprivate static let columns: [RoutingColumn<Misrouting>] = [
        .init("e164", .phone, "the number") { .phone($0.e164) },
        .init("agent", .string, "the agent that it is bound to") { .string($0.agent) },
        .init("outcome", .choice(CallExplanation.Outcome.allCases.map(\.rawValue)), "whether a call gets through") {
            .string($0.outcome.rawValue)
        },
        .init("reason", .string, "why the agent is not reached, in one sentence") { .string($0.reason) },
        .init("trunk", .optional(.string), "the trunk that a call comes in by") { .text($0.explanation.trunkID) },
        .init("rule", .optional(.string), "the dispatch rule that sends it on") { .text($0.explanation.ruleID) },
    ]
}
