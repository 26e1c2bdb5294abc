import Glibc
import SwitchboardTerminal
import Testing

@Suite struct TerminalSizeTests {
    @Test func aTerminalKnowsItsSize() throws {
        var master: Int32 = -1
        var terminal: Int32 = -1
        var size = winsize(ws_row: 24, ws_col: 132, ws_xpixel: 0, ws_ypixel: 0)
        try #require(openpty(&master, &terminal, nil, nil, &size) == 0)
        defer {
            close(master)
            close(terminal)
        }
        #expect(isTerminal(terminal))
        #expect(TerminalSize.of(terminal) == TerminalSize(columns: 132, rows: 24))
    }

    @Test func aPipeHasNone() throws {
        var ends: [Int32] = [-1, -1]
        try #require(pipe(&ends) == 0)
        defer { for end in ends { close(end) } }
        #expect(!isTerminal(ends[0]))
        #expect(TerminalSize.of(ends[0]) == nil)
    }
}
