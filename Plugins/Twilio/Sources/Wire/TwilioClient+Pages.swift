import SwitchboardCore

/// The lists of both APIs, all pages of them.
extension TwilioClient {
    /// The rows under a key, in Twilio's order; what `read` makes nothing of is left out.
    ///
    /// Test credentials may not look and hold nothing, so there are none for them.
    func rows<Row>(_ call: TwilioCall, _ key: String, _ read: (JSON) throws -> Row?) async throws -> [Row] {
        try await held { try await pages(call, key, read) }
    }

    /// The rows of the first page, with the same exception.
    func firstRows<Row>(_ call: TwilioCall, _ key: String, _ read: (JSON) throws -> Row?) async throws -> [Row] {
        try await held { try await ask(call) { Page($0, key: key) }.rows.compactMap(read) }
    }

    private func held<Row>(_ rows: () async throws -> [Row]) async throws -> [Row] {
        do { return try await rows() } catch let refusal as TwilioRefusal {
            guard refusal.code == RefusalMeaning.testCredentials else { throw refusal.error }
            return []
        }
    }

    private func pages<Row>(_ call: TwilioCall, _ key: String, _ read: (JSON) throws -> Row?) async throws -> [Row] {
        var rows: [Row] = []
        var links: Set<String> = []
        var call = call
        for _ in 0..<1000 {
            let page = try await ask(call) { Page($0, key: key) }
            rows += try page.rows.compactMap(read)
            guard let link = try page.link(account) else { return rows }
            guard links.insert(link).inserted else { throw Page.badAnswer("twilio's pages lead in a circle") }
            call = call.following(link)
        }
        throw Page.badAnswer("twilio's list does not end after 1000 pages")
    }
}

/// One page: the core API tells the next one by a path, the trunking API by a URL.
private struct Page {
    let rows: [JSON]
    private let path: String?
    private let url: String?

    init?(_ json: JSON, key: String) {
        guard let rows = json[key]?.elements, rows.allSatisfy({ $0.members != nil }) else { return nil }
        self.rows = rows
        path = json.words("next_page_uri")
        url = json["meta"]?.words("next_page_url")
    }

    /// Where the next page is; nil on the last.
    ///
    /// The credentials go nowhere but where the settings lead.
    func link(_ account: TwilioAccount) throws -> String? {
        if let path {
            guard path.hasPrefix("/") else { throw Self.badAnswer("twilio's next page is no path") }
            return account.api + path
        }
        guard let url else { return nil }
        guard let next = URLParts(url), let base = URLParts(account.trunking), next.scheme == base.scheme,
            next.host == base.host, next.port == base.port, !next.hasUserInfo
        else {
            throw Self.badAnswer("twilio's next page is on another host than the setting trunking_url or url names")
        }
        return url
    }

    static func badAnswer(_ message: String) -> SwitchboardError {
        SwitchboardError(
            .badAnswer, message, help: "check the setting url; something between here and Twilio may have answered",
            provider: TwilioProvider.name)
    }
}
