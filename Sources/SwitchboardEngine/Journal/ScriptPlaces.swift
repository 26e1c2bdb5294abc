/// The places of a script where a step can be, as a tree: what the keys of steps name, without the names of rows and turns.
struct ScriptPlaces: Sendable {
    private var places: [String: ScriptPlaces] = [:]
    /// What is in the turns of each loop here, which have no name but the turn's own.
    private var turns: [ScriptPlaces] = []

    /// Adds a place with what is in it; a call that maps over a list has it in each turn.
    mutating func add(_ place: String, _ inner: ScriptPlaces = ScriptPlaces(), inTurns: Bool = false) {
        if inTurns {
            var turn = ScriptPlaces()
            turn.add(place, inner)
            turns.append(turn)
        } else {
            places[place] = inner
        }
    }

    /// Adds what is in the turns of a loop.
    mutating func addTurns(_ inner: ScriptPlaces) { turns.append(inner) }

    /// Whether the script has the place of a step, whatever row or turn it belongs to.
    func contains(step key: some StringProtocol) -> Bool {
        contains(key.split(separator: "/").map { Substring($0) }[...])
    }

    private func contains(_ key: ArraySlice<Substring>) -> Bool {
        guard let first = key.first else { return true }
        let rest = key.dropFirst()
        if first.hasPrefix("[") { return turns.contains { $0.contains(rest) } }
        let name = first.prefix { $0 != "[" }
        guard let inner = places[String(name)] else { return false }
        // A call with rows of its own is named by them, and once more in each.
        return inner.contains(rest.first == name ? rest.dropFirst() : rest)
    }
}
