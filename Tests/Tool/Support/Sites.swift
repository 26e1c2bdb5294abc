import FoundationEssentials
import SwitchboardTestKit
import Testing

/// Rows that each buy any free number, label it and bind it, and what has to be true of them in the end.
struct Sites: Sendable {
    let place: Place
    let names: [String]
    private static let agents = ["support", "sales"]

    /// Writes the rows' file and adds the agents.
    init(_ count: Int, in place: Place) async throws {
        self.place = place
        names = (1...count).map { "site-\($0)" }
        let rows = names.enumerated().map { "\($1),\(["415", "212"][$0 % 2]),\(Self.agents[$0 / 2 % 2])\n" }
        try place.write("site,area,agent\n" + rows.joined(), to: "sites.csv")
        let setUp = try await place.run("-c", "agent add support; agent add sales")
        guard setUp.status == 0 else { throw Failure(setUp.errorText) }
    }

    /// Writes a script that does the rows and returns its path.
    func script(_ name: String = "sites.swb", flags: String = "--parallel 4", report: String = "result.csv") throws
        -> String
    {
        try place.write(
            """
            read ./sites.csv --columns {site: string, area: string, agent: string}
            | each row --key .site \(flags) {
                search livekit --country-code US --area-code $row.area
                | first
                | purchase --label $row.site
                | bind-agent $row.agent
              }
            | report ./\(report)
            """, to: name)
    }

    /// Waits until so many numbers are bought.
    func purchases(_ count: Int) async throws {
        try await wait(for: "\(count) purchases") {
            try await place.sandbox().truth().purchases.count >= count ? () : nil
        }
    }

    /// Expects of every row a number of its own, bought once, bound to its agent and told in the report.
    func expectDone(report: String = "result.csv") async throws {
        let purchases = try await place.sandbox().truth().purchases
        #expect(purchases.count == names.count && Set(purchases).count == names.count)
        let held = try await place.list()
        #expect(held.compactMap(\.label).sorted() == names.sorted())
        #expect(held.allSatisfy { $0.agent_id != nil })
        #expect(try await place.openIntents() == 0)
        #expect(try await place.differences() == [])
        let check = try await place.run("-c", "drift; verify")
        #expect(check.status == 0, "\(check.outputText)\(check.errorText)")
        let text = (place.text(of: "\(place.folder)/\(report)") ?? "").replacing("\"", with: "")
        let lines = text.split(separator: "\n").dropFirst()
        let told = lines.map { $0.split(separator: ",", omittingEmptySubsequences: false) }
        #expect(told.map { String($0[0]) } == names)
        let numbers = Dictionary(held.map { ($0.label ?? "", $0.e164) }) { first, _ in first }
        for line in told {
            #expect(["succeeded", "unchanged"].contains(line[3]), "\(line)")
            #expect(String(line[4]) == numbers[String(line[0])], "\(line)")
        }
    }
}
