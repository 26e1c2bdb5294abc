import SwitchboardCore
import SwitchboardSandbox

/// What a request for a list of things asks for: ascending ids, after one of them (contract section 4.5).
///
/// As the open-source server does, the page's limit does not cut the answer, unless the fault `honor_limit` is on.
struct Listing: Sendable {
    private let wanted: Set<String>
    private let after: String
    private let limit: Int

    /// Reads the page, and the field with the ids of the wanted things; an empty one asks for all.
    init(_ request: ProtoMessage, ids field: String, _ call: LiveKitCall) {
        let page = request.message("page")
        let asked = Int(page?.integer("limit") ?? 0)
        wanted = Set(request.strings(field))
        after = call.fault?.kind == .endless ? "" : page?.string("after_id") ?? ""
        limit = call.fault?.kind == .honorLimit && asked > 0 ? asked : .max
    }

    /// The things of the book that are asked for and pass the filter; ids of no thing are dropped.
    func items(of book: MessageBook, where isListed: (ProtoMessage) -> Bool = { _ in true }) -> [ProtoMessage] {
        let ids = wanted.isEmpty ? book.ids(after: after) : wanted.filter { $0 > after }.sorted()[...]
        return Array(ids.lazy.compactMap { book[$0] }.filter(isListed).prefix(limit))
    }
}
