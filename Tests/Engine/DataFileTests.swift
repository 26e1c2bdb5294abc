import FoundationEssentials
import SwitchboardCore
import SwitchboardEngine
import SwitchboardLanguage
import SwitchboardStore
import SwitchboardTestKit
import Testing

/// Files of rows: what is refused, where, and that what is written can be read.
@Suite struct DataFileTests {
    private static let columns = RecordType(fields: [
        .init("e164", .phone), .init("site", .string), .init("cost", .optional(.money)),
    ])

    /// Reads the bytes as a file of this kind; gives `code:line:column: text` of every fault, or the rows as literals.
    private func read(
        _ bytes: [UInt8], _ kind: String = "csv", columns: RecordType? = nil, blockSize: Int? = nil
    ) throws -> [String] {
        let path = "/tmp/switchboard-data-\(UInt64.random(in: 0...UInt64.max)).\(kind)"
        try Data(bytes).write(to: URL(filePath: path))
        defer { try? FileManager.default.removeItem(atPath: path) }
        do throws(DataFault) {
            guard case .list(let rows) = try DataFile.read(path, columns: columns, blockSize: blockSize) else {
                return ["no list"]
            }
            return rows.map(\.literalText)
        } catch {
            return error.cells.map { cell in
                let place = cell.line.map { "\($0):\(cell.column ?? 0)" } ?? "-"
                return "\(cell.kind.code) \(place) \(cell.text)" + (cell.help.map { " (\($0))" } ?? "")
            }
        }
    }

    private func read(_ text: String, _ kind: String = "csv", columns: RecordType? = nil) throws -> [String] {
        try read(Array(text.utf8), kind, columns: columns)
    }

    @Test func aSecondByteOrderMarkIsNoPartOfAName() throws {
        let faults = try read("\u{FEFF}\u{FEFF}e164\n+14155550100\n")
        #expect(faults.count == 1 && faults[0].hasPrefix("D005 1:1 a byte order mark"), "\(faults)")
    }

    @Test(arguments: [
        ("a,b\n1,2\n", ["{a: '1', b: '2'}"]), ("a,b\n1,2", ["{a: '1', b: '2'}"]),
        ("a,b\r\n1,2\r\n", ["{a: '1', b: '2'}"]),
        ("\u{FEFF}a\n1\n", ["{a: '1'}"]), ("a\n", []), ("a", []), ("a,b\n,\n", ["{a: '', b: ''}"]),
        ("a\n\"x,y\"\n", ["{a: 'x,y'}"]), ("a\n\"x\"\"y\"\n", ["{a: 'x\"y'}"]), ("a\n x \n", ["{a: ' x '}"]),
        ("a\n\"x\ny\"\n", ["{a: \"x\\ny\"}"]), ("a b,é\n1,ü\n", ["{'a b': '1', 'é': 'ü'}"]),
        ("a\n\"\"\n", ["{a: ''}"]), ("\"a\"\n\"1\"", ["{a: '1'}"]), ("a\n0415\n", ["{a: '0415'}"]),
    ])
    func rowsAreRead(text: String, rows: [String]) throws {
        let found = try read(text)
        #expect(found == rows)
    }

    private static let blank = "delete it: a blank line is no row, not at the end of the file either"

    @Test func aBlankLineIsNoNumber() throws {
        let columns = RecordType(fields: [.init("e164", .phone)])
        for text in ["e164\n+14155550100\n\n", "e164\n+14155550100\n\r\n"] {
            #expect(try read(text, columns: columns) == ["D006 3:1 this line is blank (\(Self.blank))"])
        }
        #expect(try read("e164\n\"\"\n", columns: columns)[0].hasPrefix("D006 2:1 column 'e164'"))
    }

    @Test(arguments: [
        ("", ["D008 - the file is empty"]), ("\u{FEFF}", ["D008 - the file is empty"]),
        ("a,b\n1\n", ["D003 2:1 1 cell where the header has 2"]),
        (
            "a,b\n1,2,3\n1,2\n1,2,3,4\n",
            ["D003 2:1 3 cells where the header has 2", "D003 4:1 4 cells where the header has 2"]
        ),
        ("a,b\n1,2\n\n", ["D003 3:1 this line is blank (\(blank))"]),
        ("a,b\n1,x\"y\n", ["D004 2:4 a quote inside a cell that does not begin with one"]),
        ("a,b\n1,\"xy\n2,3\n", ["D004 2:3 the quote that opens this cell is never closed"]),
        ("a,b\n\"x\"y,2\n", ["D004 2:4 text behind the closing quote"]),
        ("a,b\n1,2\r3,4\n", ["D004 2:4 a carriage return without a line feed"]),
        ("a,b\r1,2\r", ["D004 1:4 a carriage return without a line feed"]),
        ("a,b\n1,\0\n", ["D002 2:3 a NUL byte"]),
        ("a,a\n1,2\n", ["D005 1:3 two columns are named 'a'"]), ("a,,b\n", ["D005 1:3 a column without a name"]),
        ("a,b\n\"x\ny\",2\n1\n", ["D003 4:1 1 cell where the header has 2"]),
        ("é,b\nü,x\"\n", ["D004 2:4 a quote inside a cell that does not begin with one"]),
    ])
    func faultsHaveTheirPlaces(text: String, faults: [String]) throws {
        let found = try read(text)
        #expect(found == faults)
    }

    @Test(
        arguments: [
            ([0x61, 0x0A, 0x78, 0xFF, 0x0A], "D002 2:2 this is not UTF-8 (convert the file to UTF-8)"),
            ([0x61, 0x0A, 0xC3], "D002 2:1 this is not UTF-8 (convert the file to UTF-8)"),
            ([0x61, 0x0A, 0xC3, 0xA9, 0xED, 0xA0, 0x80], "D002 2:2 this is not UTF-8 (convert the file to UTF-8)"),
            ([0xFF, 0xFE, 0x61, 0x00], "D002 1:1 the file is UTF-16, and UTF-8 is wanted"),
            ([0xFE, 0xFF, 0x00, 0x61], "D002 1:1 the file is UTF-16, and UTF-8 is wanted"),
        ] as [([UInt8], String)])
    func bytesThatAreNoTextAreRefused(bytes: [UInt8], fault: String) throws {
        let found = try read(bytes)
        #expect(found == [fault])
    }

    @Test func cellsAreReadByTheirColumns() throws {
        let good = try read("site,cost,e164\n,,+14155550100\n", columns: Self.columns)
        #expect(good == ["{site: '', cost: nothing, e164: +14155550100}"])
        let bad = try read(
            "e164,site,cost\n,x,2.00\n+14155550100,\"a\nb\",3.00USD\n4155550100,x,\n", columns: Self.columns)
        #expect(
            bad == [
                "D006 2:1 column 'e164': the cell is empty, and phone is wanted",
                "D006 2:4 column 'cost': '2.00' is not an amount with its currency, such as 2.00USD",
                "D006 5:1 column 'e164': '4155550100' is not a number in E.164 form, such as +14155550100",
            ])
        let header = try read("e164,cots,extra\n", columns: Self.columns)
        #expect(
            header == [
                "D005 1:1 column 'site' is missing", "D005 1:6 column 'cost' is missing (did you mean 'cots'?)",
                "D005 1:11 column 'extra' is not declared (add it to --columns)",
            ])
    }

    @Test(arguments: [
        (ValueType.string, "{a: ''}"), (.optional(.int), "{a: nothing}"), (.optional(.string), "{a: nothing}"),
        (.int, "D006 2:1 column 'a': the cell is empty, and int is wanted"),
        (.id("agent"), "D006 2:1 column 'a': the cell is empty, and id<agent> is wanted"),
        (.bool, "D006 2:1 column 'a': the cell is empty, and bool is wanted"),
    ])
    func anEmptyCellIsWhatItsTypeSays(type: ValueType, result: String) throws {
        let found = try read("a,b\n,x\n", columns: RecordType(fields: [.init("a", type), .init("b", .string)]))
        #expect(found == [result.replacing("}", with: ", b: 'x'}")])
    }

    @Test func badCellsBeforeBadQuotingAreToldToo() throws {
        let found = try read("e164,site,cost\nx,y,\n+14155550100,\"open\n", columns: Self.columns)
        #expect(
            found == [
                "D006 2:1 column 'e164': 'x' is not a number in E.164 form, such as +14155550100",
                "D004 3:14 the quote that opens this cell is never closed",
            ])
    }

    @Test func twentyFaultsAreEnough() throws {
        let rows = String(repeating: "x\n", count: 500)
        let found = try read("a\n" + rows, columns: RecordType(fields: [.init("a", .int)]))
        #expect(found.count == 20)
        let wide = "a,b\n" + String(repeating: "x,y\n", count: 500)
        #expect(try read(wide, columns: RecordType(fields: [.init("a", .int), .init("b", .int)])).count == 20)
        let lines = String(repeating: "{\"a\":\"x\"}\n", count: 500)
        #expect(try read(lines, "jsonl", columns: RecordType(fields: [.init("a", .int)])).count == 20)
    }

    @Test(arguments: [
        ("json", #"[{"a":1,"b":[true,null]},{"a":"x"}]"#, ["{a: 1, b: [true nothing]}", "{a: 'x'}"]),
        ("json", "[]", []), ("jsonl", "{\"a\":1}\r\n\n{\"a\":2.50}", ["{a: 1}", "{a: 2.50}"]),
        ("json", "{}", ["D007 1:1 a list of records is wanted"]),
        ("json", "[1]", ["D006 - element 1: a record is wanted"]),
        ("json", "[{\"a\":1,\"a\":2}]", ["D006 - element 1: field 'a' stands twice"]),
        ("jsonl", "{\"a\":1}\n[]\n", ["D006 2:1 line 2: a record is wanted"]),
    ])
    func jsonIsReadStrictly(kind: String, text: String, result: [String]) throws {
        let found = try read(text, kind)
        #expect(found == result)
    }

    @Test(arguments: ["[{\"a\":1}", "[{\"a\":1},]", "[{a:1}]", "[1] x", "{\"a\":01}", "[\"\u{01}\"]", "nul"])
    func badJSONHasItsPlace(text: String) throws {
        let found = try read(text, "json")
        #expect(found.count == 1)
        #expect(found[0].hasPrefix("D007 1:"))
        let lines = try read("{\"ok\":1}\n" + text + "\n", "jsonl")
        #expect(lines.first?.hasPrefix("D007 2:") ?? false, "\(lines)")
    }

    @Test func jsonFitsItsColumns() throws {
        let found = try read(
            #"[{"e164":"+14155550100","site":null},{"e164":14155550100,"site":"x","cost":null,"more":1}]"#, "json",
            columns: Self.columns)
        #expect(
            found == [
                "D006 - element 1: field 'site': string is wanted, and this is nothing",
                "D006 - element 2: field 'e164': '14155550100' is not a number in E.164 form, such as +14155550100",
                "D006 - element 2: field 'more' is not declared (add it to --columns)",
            ])
    }

    @Test func deepJSONIsAFaultAndNoCrash() throws {
        let deep = String(repeating: "[", count: 100_000) + String(repeating: "]", count: 100_000)
        #expect(try read(deep, "json").first?.hasPrefix("D00") ?? false)
    }

    @Test(arguments: [
        "a,b\r\n\"x,\"\"y\r\nz\",2\r\n3,\"\"\r\n", "\u{FEFF}é,b\nü\u{1F600}x,€\n,\n", "a\n\"\"\"\"\n\"\"",
        "a,b\n1,\"2\"x\n",
        "a,b\n1,2\n3\n4,5\n\"6\n\n\",\"7\n", "a,b\r\n1,2\r3,4\r\n", "a\nx\ny\r", "a\n\"x\"\r", "a\nx\u{0}",
        "a,b\n1,2\n\n",
        "a,b\r\n1,2\n\"3\"\r\n", "a,b\n\"é\n\u{1F600}\",x\"y\n",
    ])
    func whereABlockEndsMakesNoDifference(text: String) throws {
        let bytes = Array(text.utf8)
        for bytes in [bytes, bytes.dropLast(), bytes + [0xE2, 0x82], bytes + [0x0A, 0xFF, 0x0A]] {
            let whole = try read(Array(bytes))
            for blockSize in 1...(bytes.count + 1) {
                let parts = try read(Array(bytes), blockSize: blockSize)
                #expect(parts == whole, "blocks of \(blockSize)")
            }
        }
        let lines = Array("{\"a\":\"\(text.filter { $0.isLetter })\"}\r\n\n[\n{\"b\":1}\n{\"é\": x}".utf8)
        let whole = try read(lines, "jsonl")
        for blockSize in 1...lines.count { #expect(try read(lines, "jsonl", blockSize: blockSize) == whole) }
    }

    @Test func theFirstThingThatIsWrongIsToldFirst() throws {
        let found = try read(Array("e164,site,cost\nx,y,\n+14155550100,".utf8) + [0xFF], columns: Self.columns)
        #expect(
            found == [
                "D006 2:1 column 'e164': 'x' is not a number in E.164 form, such as +14155550100",
                "D002 3:14 this is not UTF-8 (convert the file to UTF-8)",
            ])
    }

    // MARK: Writing

    @Test func whatIsWrittenIsRead() async throws {
        var random = SystemRandomNumberGenerator()
        let pieces = [
            "\"", ",", "\n", "\r\n", "\r", "'", "=1+1", "-", "@", "é", "e\u{301}", "\"\u{301}", ",\u{301}", "\t", " ",
            "a",
            "\u{1F600}", "\u{200D}", "\\", "$x", ";", "0415",
        ]
        func text() -> String {
            (0..<Int.random(in: 0...6, using: &random)).compactMap { _ in pieces.randomElement(using: &random) }
                .joined()
        }
        let workspace = try Workspace()
        let rows = (0..<300).map { index in
            Value.record(
                Record(
                    nil, [.init("n", .string("\(index)")), .init("t", .string(text())), .init("u", .string(text()))]))
        }
        for kind in ["csv", "json", "jsonl"] {
            let path = "\(workspace.folder)/round.\(kind)"
            let outcome = await workspace.run(
                "$rows | write \(path)\nlet back = read \(path)\nprint ($back == $rows)",
                names: [.init(name: "rows", value: .list(rows), type: .any)])
            #expect(outcome.faults == [])
            #expect(outcome.printed == ["true"], "\(kind)")
        }
    }

    @Test(arguments: [
        ("[{a: 'x', b: 1} {b: 2.50USD, c: nothing}]", "a,b,c\nx,1,\n,2.50USD,\n"),
        ("['x' 'y,z']", "value\nx\n\"y,z\"\n"),
        ("[{a: '=1+1'} {a: '-3'} {a: -3}]", "a\n\"=1+1\"\n\"-3\"\n\"-3\"\n"), ("[{a: [1 2]}]", "a\n1 2\n"), ("[]", ""),
    ])
    func csvIsWrittenPlainly(rows: String, content: String) async throws {
        let workspace = try Workspace()
        let outcome = await workspace.run("\(rows) | write \(workspace.folder)/out.csv")
        #expect(outcome.faults == [])
        let written = try String(contentsOf: URL(filePath: workspace.folder + "/out.csv"), encoding: .utf8)
        #expect(written == content)
    }

    @Test func aTargetThatCannotBeWrittenIsFoundFirst() async throws {
        let workspace = try Workspace()
        let folder = workspace.folder
        let missing = await workspace.run("agent add x\n[1] | write \(folder)/none/out.csv")
        #expect(missing.faults == ["D009: \(folder)/none/out.csv: it cannot be written: No such file or directory"])
        let kind = await workspace.run("agent add x\n[1] | write \(folder)/out.xls")
        #expect(kind.faults == ["D009: \(folder)/out.xls: this is no .csv, .json or .jsonl file"])
        #expect(kind.status == 2)
        #expect(try workspace.store.agents(profile: "sandbox").isEmpty)
        let late = await workspace.run(
            "[1] | write $p", names: [.init(name: "p", value: .string(folder + "/none/out.csv"), type: .path)])
        #expect(late.error?.message == "'\(folder)/none/out.csv' cannot be written: No such file or directory")
        #expect(late.status == 1)
    }

    @Test func theOldFileStaysWhereTheNewRowsMakeNoTable() async throws {
        let workspace = try Workspace()
        let path = try workspace.file("out.csv", "old\n")
        #expect(await workspace.run("[1 {a: 2}] | write \(path)").status == 1)
        #expect(try String(contentsOf: URL(filePath: path), encoding: .utf8) == "old\n")
    }

    // MARK: Size

    @Test func wideRowsAndLongCellsAreRead() throws {
        let names = (0..<10_000).map { "c\($0)" }
        let wide = names.joined(separator: ",") + "\n" + names.map { "\"\($0)\"" }.joined(separator: ",") + "\n"
        #expect(try read(wide) == ["{" + names.map { "\($0): '\($0)'" }.joined(separator: ", ") + "}"])
        let long = String(repeating: "x\"\"é\n", count: 200_000)
        let rows = try read("a,b\n\"\(long)\",1\n2\n")
        #expect(rows == ["D003 200003:1 1 cell where the header has 2"])
        let cell = try read("a\n\"\(long)\"\n")
        #expect(cell.first?.utf8.count == 200_000 * 7 + "{a: \"\"}".utf8.count)
    }

    @Test func aQuoteThatIsNeverClosedDoesNotTakeTheWholeFileIntoMemory() throws {
        let found = try read("a\n1\n\"" + String(repeating: "0123456789abcde\n", count: 17 << 16))
        #expect(found == ["D004 3:1 this row is longer than 16 MiB (is a quote in it never closed?)"])
    }

    /// Neither rows nor the places of faults cost more the later they come.
    @Test(arguments: ["", "x,y,z\n"]) func aHundredThousandRowsAreReadInSeconds(_ last: String) throws {
        func file(_ count: Int) -> String {
            let rows = (0..<count).map { "+1415555\(1000 + $0 % 9000),site \($0),2.00USD\n" }
            return "e164,site,cost\n" + rows.joined() + String(repeating: last, count: 500)
        }
        let files = [12_500: file(12_500), 100_000: file(100_000)]
        let growth = try ThreadTime.growth(from: 12_500) { count in
            let text = try #require(files[count])
            var found = 0
            let time = try ThreadTime.of { found = try read(text, columns: Self.columns).count }
            #expect(found == (last.isEmpty ? count : 20))
            #expect(time < .seconds(20))
        }
        #expect(growth < 24)
    }
}
