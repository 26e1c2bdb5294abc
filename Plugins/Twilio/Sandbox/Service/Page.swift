import SwitchboardCore
import SwitchboardSandbox

/// One page of a list, in the form of either API (contract section 1.8).
struct Page: Sendable {
    private static let sizes = 1...1000
    private static let usual = 50

    private let call: TwilioCall
    private let number: Int
    private let size: Int
    private let items: ArraySlice<Resource>
    private let isFirst: Bool
    private let isLast: Bool

    /// Cuts the page that the request asks for.
    init(of all: [Resource], _ call: TwilioCall) throws(TwilioError) {
        self.call = call
        size = try Self.integer("PageSize", call) ?? Self.usual
        guard Self.sizes.contains(size) else {
            throw TwilioError(20007, "Page size must be between 1 and 1000")
        }
        number = try Self.integer("Page", call) ?? 0
        let start = try Self.start(in: all, number, size, call)
        items = all[start..<min(all.count, start + size)]
        isFirst = items.startIndex == 0
        isLast = items.endIndex == all.count && call.fault?.kind != .endless
    }

    /// The first record: after the one that the token names, or before it for a token that leads back.
    private static func start(
        in all: [Resource], _ number: Int, _ size: Int, _ call: TwilioCall
    ) throws(TwilioError) -> Int {
        guard let token = call.parameters["PageToken"], !token.isEmpty, call.fault?.kind != .endless else {
            return min(all.count, call.fault?.kind == .endless ? 0 : number * size)
        }
        let named = all.firstIndex { $0.sid == token.dropFirst(2) }
        switch token.prefix(2) {
        case "PA": if let named { return named + 1 }
        case "PB": if let named { return max(0, named - size) }
        default: break
        }
        throw TwilioError(21481, "Invalid page token")
    }

    private static func integer(_ name: String, _ call: TwilioCall) throws(TwilioError) -> Int? {
        guard let text = call.parameters[name], !text.isEmpty else { return nil }
        guard let value = Int(text), (0...1_000_000_000).contains(value) else {
            throw TwilioError(20001, "\(name) is a number")
        }
        return value
    }

    /// The page in the older API's form, whose links have no host.
    func core(_ key: String, _ records: [JSON]) -> JSON {
        let start = items.isEmpty ? 0 : number * size
        return .object([
            .init(key, .array(records)), .init("page", .integer(number)), .init("page_size", .integer(size)),
            .init("start", .integer(start)), .init("end", .integer(start + max(0, items.count - 1))),
            .init("uri", .string(own)), .init("first_page_uri", .string(link(page: 0))),
            .init("next_page_uri", .optional(next)), .init("previous_page_uri", .optional(previous)),
        ])
    }

    /// The page in the trunking API's form, whose links are whole.
    func trunking(_ key: String, _ records: [JSON]) -> JSON {
        func whole(_ link: String?) -> JSON { .optional(link.map { call.base + $0 }) }
        return .object([
            .init(
                "meta",
                [
                    "page": .integer(number), "page_size": .integer(size), "key": .string(key), "url": whole(own),
                    "first_page_url": whole(link(page: 0)), "next_page_url": whole(next),
                    "previous_page_url": whole(previous),
                ]),
            .init(key, .array(records)),
        ])
    }

    /// The resources of the page.
    var resources: ArraySlice<Resource> { items }

    private var own: String { link(page: number, token: call.parameters["PageToken"]) }

    private var next: String? {
        guard !isLast else { return nil }
        return link(page: number + 1, token: items.last.map { "PA" + $0.sid })
    }

    private var previous: String? {
        guard !isFirst, let first = items.first else { return nil }
        return link(page: max(0, number - 1), token: "PB" + first.sid)
    }

    /// The path of a page: the filters as they were sent, then the page.
    private func link(page: Int, token: String? = nil) -> String {
        var pairs = (call.query ?? "").split(separator: "&").map(String.init).filter {
            !$0.hasPrefix("Page=") && !$0.hasPrefix("PageToken=")
        }
        if !pairs.contains(where: { $0.hasPrefix("PageSize=") }) { pairs.append("PageSize=\(size)") }
        pairs.append("Page=\(page)")
        if let token, !token.isEmpty { pairs.append("PageToken=\(token)") }
        return call.path + "?" + pairs.joined(separator: "&")
    }
}
