import SwitchboardCore

/// One change of the rules; none of them creates or leaves a rule without trunk ids.
enum RuleStep: Sendable {
    /// Makes a rule for the agent with the number in it.
    case create(AgentTarget)
    /// Gives a rule, whole but for its agent, to another agent.
    case rewrite(DispatchRule, AgentTarget)
    /// Adds the parking id, so that the number can leave the rule.
    case park(DispatchRule)
    /// Moves the number into the rule and out of all others at once.
    case move(to: DispatchRule)
    /// Takes the number out of a rule that has other trunk ids.
    case detach(from: DispatchRule)
    /// Puts the number into a rule that has trunk ids.
    case attach(to: DispatchRule)
    /// Deletes one of the engine's own rules.
    case delete(DispatchRule)

    /// What the step is, the same at every attempt; with the key of the whole change it is the request's id.
    var label: String {
        switch self {
        case .create: "create"
        case .rewrite(let rule, _): "rewrite/\(rule.id)"
        case .park(let rule): "park/\(rule.id)"
        case .move(let rule): "move/\(rule.id)"
        case .detach(let rule): "detach/\(rule.id)"
        case .attach(let rule): "attach/\(rule.id)"
        case .delete(let rule): "delete/\(rule.id)"
        }
    }

    /// Whether there is another way where LiveKit refuses this one as an invalid argument.
    var hasAlternative: Bool {
        switch self {
        case .move, .park: true
        default: false
        }
    }
}
