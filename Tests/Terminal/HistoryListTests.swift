import SwitchboardTerminal
import Testing

@Suite struct HistoryListTests {
    private func list(_ texts: [String]) -> HistoryList {
        var list = HistoryList()
        for (time, text) in texts.enumerated() { list.add(HistoryEntry(text: text, profile: "p", time: time)) }
        return list
    }

    @Test func aRepeatedTextStandsWhereItWasEnteredLast() {
        #expect(list(["a", "b", "a", "c", "b"]).texts == ["a", "c", "b"])
    }

    @Test func theEndOfAStatementIsToldOfIt() {
        var list = HistoryList()
        let entry = HistoryEntry(text: "list", profile: "p")
        list.add(entry)
        list.add(HistoryEntry(endOf: entry.id, exit: 3, milliseconds: 212, run: "run_1"))
        list.add(HistoryEntry(endOf: "another", exit: 1, milliseconds: 1))
        #expect(list.entries.count == 1)
        #expect(list.entries[0].exit == 3 && list.entries[0].milliseconds == 212 && list.entries[0].run == "run_1")
    }

    private func found(_ list: HistoryList, _ query: String) -> [String] {
        var (texts, place) = ([String](), Int?.none)
        while let line = list.search(query, before: place) {
            texts.append(line.text)
            place = line.index
        }
        return texts
    }

    @Test(
        arguments: [
            ("list", ["list | first", "LIST", "list"]), ("LIST", ["LIST"]), ("é", ["É x"]), (".*", ["a .* b"]),
            ("t | f", ["list | first"]), ("nothing", []), ("", ["a .* b", "É x", "list | first", "LIST", "list"]),
        ] as [(String, [String])])
    func searchFindsPlainText(query: String, texts: [String]) {
        #expect(found(list(["list", "LIST", "list | first", "list | first", "É x", "a .* b"]), query) == texts)
    }

    @Test func theRemarkTellsTimeAndProfile() {
        let entry = HistoryEntry(text: "list", profile: "acme-prod", time: 1_790_000_000)
        #expect(entry.remark.hasPrefix("2026-09-2") && entry.remark.hasSuffix(" acme-prod"), "\(entry.remark)")
    }
}
