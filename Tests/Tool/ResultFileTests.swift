import FoundationEssentials
import Switchboard
import SwitchboardTestKit
import Testing

@testable import SwitchboardTool

@Suite struct ResultFileTests {
    private let rows = Value.list([
        .record(Record(nil, [.init("site", .string("a|b")), .init("key", .secret(Secret("hunter2")))])),
        .record(Record(nil, [.init("site", .string("\u{1B}[31m")), .init("late", .int(1))])),
    ])

    private func written(_ name: String) throws -> String {
        let folder = FileManager.default.temporaryDirectory.path + "/result-\(UInt64.random(in: 0 ... .max))"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try ResultFile.write(rows, to: "\(folder)/\(name)")
        return try String(contentsOf: URL(filePath: "\(folder)/\(name)"), encoding: .utf8)
    }

    @Test(arguments: [
        ("a.csv", "site,key,late\na|b,,\n\u{1B}[31m,,1\n"),
        ("a.json", "[{\"site\":\"a|b\",\"key\":null},\n {\"site\":\"\\u001b[31m\",\"late\":1}]\n"),
        ("a.jsonl", "{\"site\":\"a|b\",\"key\":null}\n{\"site\":\"\\u001b[31m\",\"late\":1}\n"),
        ("a.md", "| site | key | late |\n| --- | --- | ---: |\n| a\\|b | •••••• |  |\n| \u{1B}\\[31m |  | 1 |\n"),
    ])
    func theEndingTellsTheForm(name: String, content: String) throws {
        #expect(try written(name) == content)
    }

    @Test(arguments: ["a.txt", "a", ""]) func anotherEndingIsRefused(name: String) {
        #expect(throws: SwitchboardError.self) { try ResultFile.write(rows, to: name) }
    }
}
