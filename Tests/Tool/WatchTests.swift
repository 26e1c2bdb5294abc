import Switchboard
import Testing

@testable import SwitchboardTool

/// What `:watch` is told, and what it marks.
@Suite struct WatchTests {
    @Test func theArgumentIsRead() throws {
        let watch = try Watch("5s list | where .label == 'a --times b' --times 12")
        #expect(watch.pause == .seconds(5))
        #expect(watch.times == 12)
        #expect(watch.statement == "list | where .label == 'a --times b'")
        let forever = try Watch("1m30s\nlist |\n  count")
        #expect(forever.pause == .seconds(90))
        #expect(forever.times == nil)
        #expect(forever.statement == "list |\n  count")
    }

    @Test(arguments: [
        "", "list", "5s", "5s --times 3", "500ms list", "5 list", "5s list --times 0", "5s list --times x",
    ])
    func aWrongArgumentIsRefused(_ argument: String) {
        #expect(throws: SwitchboardError.self) { try Watch(argument) }
    }

    @Test func linesThatWereNotThereAreMarked() {
        var lines = WatchedLines()
        #expect(lines.marked(["name", "a", "a"]) == ["  name", "  a", "  a"])
        #expect(lines.marked(["name", "b", "a", "a", "a"]) == ["  name", "* b", "  a", "  a", "* a"])
        #expect(lines.marked(["name"]) == ["  name"])
        #expect(lines.marked(["b"]) == ["* b"])
    }
}
