/// A `ListUpdate` that passed its checks (contract section 4.3).
enum ListChange {
    /// The list after the change: cleared, set, or with the removals made before the additions.
    static func apply(_ change: ProtoMessage, to list: [String]) -> [String] {
        if change.bool("clear") { return [] }
        let whole = change.strings("set")
        guard whole.isEmpty else { return whole }
        var list = list
        for gone in change.strings("remove") {
            if let place = list.firstIndex(of: gone) { list.remove(at: place) }
        }
        for added in change.strings("add") where !list.contains(added) { list.append(added) }
        return list
    }
}
