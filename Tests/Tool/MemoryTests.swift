import SwitchboardTestKit
import Testing

/// How much memory the built program takes for a large file.
@Suite struct MemoryTests {
    private static let rows = 50_000
    private static let read = "read rows.csv --columns {site: string, number: phone, cost: decimal, count: int}"

    /// In kilobytes; the rows as a list would take more than three times as much.
    private static let most = 8_000

    @Test(arguments: [
        "\(read) | each row --key .site --on-error collect { {twice: ($row.count * 2)} } | report out.csv",
        "\(read) | each row --parallel 4 --key .site { $row.count } | count",
        "\(read) | where .count > 10 | select .number .site | rename .site place | write out.jsonl",
        "for row in (\(read) | where .count > 10) { let twice = ($row.count * 2) }",
    ])
    func rowsThatPassByTakeNone(script: String) async throws {
        try await Place.with { place in
            let idle = try await peak(script, sites(10), place)
            let busy = try await peak(script, sites(Self.rows), place)
            #expect(busy - idle < Self.most, "\(busy) kB, \(idle) kB with ten rows")
        }
    }

    @Test func anImportTakesNoMoreForMoreRows() async throws {
        try await Place.with { place in
            _ = try await place.sandbox(inventory: "wide")
            let script = "read rows.csv | import --parallel 16 --on-error collect | report result.csv"
            // By then the store's caches are full.
            let few = try await peak(script, numbers(0..<500), place)
            let many = try await peak(script, numbers(500..<2_500), place)
            #expect(many - few < Self.most / 2, "\(many) kB, \(few) kB with 500 rows")
        }
    }

    private func sites(_ count: Int) -> String {
        let lines = (0..<count).map { "site-\($0),+1415\(1_000_000 + $0),\($0 % 100).25,\($0)\n" }
        return "site,number,cost,count\n" + lines.joined()
    }

    /// Numbers of the wide inventory.
    private func numbers(_ range: Range<Int>) -> String {
        "e164,source,label\n"
            + range.map { "+1415\(550 + $0 / 50)0\(100 + $0 % 50),livekit,site \($0)\n" }.joined()
    }

    /// The most memory that the program has had, in kilobytes.
    private func peak(_ script: String, _ rows: String, _ place: Place) async throws -> Int {
        try place.write(rows, to: "rows.csv")
        let measured = """
            import resource, subprocess, sys
            status = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL).returncode
            print(status, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
            """
        let result = try await place.run(
            program: ["/usr/bin/python3", "-c", measured, Programs.switchboard, "--max-numbers", "9999", "-c", script],
            limit: .seconds(120))
        let words = result.outputText.split(whereSeparator: \.isWhitespace)
        guard words.first == "0", words.count == 2, let peak = Int(words[1]) else {
            throw Failure("\(result.outputText)\(result.errorText)")
        }
        return peak
    }
}
