import FoundationEssentials
public import SwitchboardStore

extension Registry {
    /// What an intent of the journal is about, in one sentence; by its kind and subject where this program does not know its
    /// effect.
    public func summary(of intent: Intent) -> String {
        let words = "\(intent.kind) of \(intent.subject)"
        guard let type = effects[intent.kind] else { return words }
        return summary(of: intent, as: type) ?? words
    }

    private func summary<E: Effect>(of intent: Intent, as type: E.Type) -> String? {
        (try? JSONDecoder().decode(JournaledEffect<E>.self, from: Data(intent.arguments)))?.effect.summary
    }
}
