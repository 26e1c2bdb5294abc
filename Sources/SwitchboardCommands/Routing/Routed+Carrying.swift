import SwitchboardCore
import SwitchboardEngine
import SwitchboardStore

/// How the commands make, change and delete; all that can be told beforehand is told before anything is changed.
extension Routed {
    /// Makes it, unless one is there already that says the same; returns the one that is there then.
    func make(
        _ picture: RoutingPicture, _ call: CommandCall, rowID: String? = nil, isSecondHalf: Bool? = nil
    ) throws -> Self {
        let run = call.run
        let all = picture[keyPath: Self.list]
        let alike = all.filter { $0.document.schema == document.schema }
        if let same = alike.first(where: means) {
            run.note("\(same.title) says that already: unchanged")
            return same
        }
        if let namesake = alike.first(where: { !name.isEmpty && $0.name == name }) {
            throw SwitchboardError(
                .conflict, "there is an \(namesake.title) already, and it says something else",
                help: "change it with: \(Self.word) update \(namesake.id)")
        }
        try requireNoConflict(among: all, picture, run)
        try BoundCalls.require(concerns, from: picture, to: picture.with(self), by: BoundCalls.replace, call)
        let outcome = try run.carryOut(
            RoutedCreateEffect(
                thing: self, secrets: document.secrets.mapValues(SecretReference.init), rowID: rowID,
                isSecondHalf: isSecondHalf))
        return try outcome.thing ?? Self.missing(title)
    }

    /// Makes it say what the wanted one says, in the fields that differ.
    func update(to wanted: Self, _ picture: RoutingPicture, _ call: CommandCall) throws -> Self {
        let change = RoutingChange(from: document, to: wanted.document)
        return try carryOut(wanted, picture, call) {
            RoutedChangeEffect(
                earlier: self, goal: .fields(change), secrets: change.secrets.mapValues(SecretReference.init))
        }
    }

    /// Makes it say what the wanted one says and nothing else.
    func replace(by wanted: Self, _ picture: RoutingPicture, _ call: CommandCall) throws -> Self {
        let given = wanted.document.secrets.filter { document.secrets[$0.key] != $0.value }
        let kept = Set(wanted.document.secrets.keys).subtracting(given.keys)
        return try carryOut(wanted, picture, call) {
            RoutedChangeEffect(
                earlier: self, goal: .whole(wanted), secrets: given.mapValues(SecretReference.init), keeping: kept)
        }
    }

    private func carryOut(
        _ wanted: Self, _ picture: RoutingPicture, _ call: CommandCall, _ effect: () -> RoutedChangeEffect<Self>
    ) throws -> Self {
        let run = call.run
        if wanted.document.means(document, comparingSecrets: true) {
            run.note("\(title) says that already: unchanged")
            return self
        }
        try wanted.requireNoConflict(among: picture[keyPath: Self.list].filter { $0.id != id }, picture, run)
        var after = wanted
        try after.document.set(document.schema.idField, .string(id))
        try BoundCalls.require(
            { concerns($0) || after.concerns($0) }, from: picture, to: picture.with(after, insteadOf: [self]),
            by: BoundCalls.replace, call)
        return try run.carryOut(effect()).thing ?? Self.missing(title)
    }

    /// Throws what stands in its way, and tells what is probably wrong with it.
    private func requireNoConflict(among others: [Self], _ picture: RoutingPicture, _ run: RunSession) throws {
        if let fault = conflict(among: others) { throw fault.error }
        for warning in warnings(in: picture) { run.note("warning: \(warning)") }
    }

    private static func missing(_ title: String) throws -> Self {
        throw SwitchboardError(.internal, "the platform does not say what became of \(title)")
    }
}
