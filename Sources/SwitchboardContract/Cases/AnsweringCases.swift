import SwitchboardCore

/// The platform that binds numbers to agents.
enum AnsweringCases {
    static let all = [unbound] + bind.cases + move.cases + unbind.cases + [apart]

    private static let front = AgentTarget(dispatchName: "contract-front", metadata: "day")
    private static let night = AgentTarget(dispatchName: "contract-night")

    private static let unbound = ContractCase(
        "bind-nobody", .callAnswering, .sandbox, shows: "a number that nobody has bound has no binding"
    ) { bench in
        let number = try await bench.boughtNumber()
        let binding = try await bench.subject.trial().platform.binding(of: RoutedNumber(number))
        try require(binding == nil, "\(number.e164), just bought, is bound")
        return "\(number.e164) reaches nobody"
    }

    private static let bind = ContractChange<RoutedNumber>(
        name: "bind", ability: .callAnswering,
        arrange: { bench in
            let number = RoutedNumber(try await bench.boughtNumber())
            bench.unbindLater(number)
            return number
        },
        perform: { trial, number, key in try await bind(number, to: front, trial, key) },
        isDone: { trial, number in try await trial.platform.binding(of: number)?.agents == [front] })

    private static let move = ContractChange<RoutedNumber>(
        name: "rebind", ability: .callAnswering,
        arrange: { bench in try await bench.boundNumber(to: front).number },
        perform: { trial, number, key in try await bind(number, to: night, trial, key) },
        isDone: { trial, number in try await trial.platform.binding(of: number)?.agents == [night] })

    private static let unbind = ContractChange<RoutedNumber>(
        name: "unbind", ability: .callAnswering,
        arrange: { bench in try await bench.boundNumber(to: front).number },
        perform: { trial, number, key in try await trial.platform.unbind(number, key: key) },
        isDone: { trial, number in try await trial.platform.binding(of: number) == nil })

    private static let apart = ContractCase(
        "bind-apart", .callAnswering, .sandbox, shows: "binding and unbinding one number leaves every other one alone"
    ) { bench in
        let (one, other) = (try await bench.boundNumber(to: front), try await bench.boundNumber(to: front))
        let platform = try bench.subject.trial().platform
        _ = try await platform.bind(one.number, to: night, key: bench.key("apart"))
        try require(
            try await platform.binding(of: other.number)?.agents == [front],
            "the other number reaches another agent now")
        try await platform.unbind(one.number, key: bench.key("apart"))
        try require(
            try await platform.binding(of: other.number)?.agents == [front], "the other number reaches nobody now")
        return "\(other.number.e164) still reaches \(front.dispatchName)"
    }

    private static func bind(_ number: RoutedNumber, to agent: AgentTarget, _ trial: Trial, _ key: String) async throws
    {
        let binding = try await trial.platform.bind(number, to: agent, key: key)
        try require(binding.agents == [agent], "it returns a binding to \(binding.agents.map(\.dispatchName))")
    }
}

extension RoutedNumber {
    /// A number of the platform's own provider.
    init(_ owned: OwnedNumber) { self.init(e164: owned.e164, inboundID: owned.providerID) }
}

extension Trial {
    /// The platform of a provider that answers calls.
    var platform: any AgentPlatform { get throws { try able((any CallAnswering).self).agentPlatform } }
}

extension ContractBench {
    /// A number that was bought for the case and bound to the agent.
    func boundNumber(to agent: AgentTarget) async throws -> (number: RoutedNumber, binding: AgentBinding) {
        let number = RoutedNumber(try await boughtNumber())
        unbindLater(number)
        return (number, try await subject.trial().platform.bind(number, to: agent, key: key("bind-\(number.e164)")))
    }

    /// Has the number reach nobody at the end.
    func unbindLater(_ number: RoutedNumber) {
        later("the binding of \(number.e164)") { [subject] in
            try await subject.trial().platform.unbind(number, key: "contract-unbind-\(number.inboundID)")
        }
    }
}
