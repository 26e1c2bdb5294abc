import FoundationEssentials
import Testing

/// Holds the package to its own shape: which module may import which, and how large a file may grow.
///
/// The build refuses an import that Package.swift does not declare; this refuses a declaration that the design does
/// not allow.
@Suite struct ArchitectureTests {
    private static let root = #filePath.split(separator: "/").dropLast(3).reduce("") { "\($0)/\($1)" }

    /// What each module may import of the project's own modules.
    private static let allowed: [String: Set<String>] = special.merging(vendors) { special, _ in special }

    private static let special: [String: Set<String>] = [
        "Sources/SwitchboardCore": [],
        "Sources/SwitchboardLanguage": [],
        "Sources/SwitchboardHTTP": ["CCurl", "SwitchboardCore"],
        "Sources/SwitchboardStore": ["CSQLite", "CSodium", "SwitchboardCore"],
        "Sources/SwitchboardEngine": ["SwitchboardCore", "SwitchboardLanguage", "SwitchboardStore"],
        "Sources/SwitchboardCommands": [
            "SwitchboardContract", "SwitchboardCore", "SwitchboardEngine", "SwitchboardLanguage", "SwitchboardStore",
        ],
        "Sources/SwitchboardContract": ["SwitchboardCore"],
        "Sources/SwitchboardReference": [
            "SwitchboardContract", "SwitchboardCore", "SwitchboardEngine", "SwitchboardLanguage",
        ],
        "Sources/SwitchboardTerminal": ["CEditline"],
        "Sources/SwitchboardSandbox": ["CMicrohttpd", "CSQLite", "SwitchboardCore"],
        "Sources/SwitchboardTestKit": ["SwitchboardContract", "SwitchboardCore"],
        "Plugins/LiveKit/Sources": ["CSodium", "CYAML", "SwitchboardCore", "SwitchboardHTTP"],
        "Plugins/LiveKit/Sandbox": ["CSodium", "SwitchboardCore", "SwitchboardSandbox"],
        "Plugins/Twilio/Sources": ["CSodium", "SwitchboardCore", "SwitchboardHTTP"],
        "Plugins/Twilio/Commands": [
            "SwitchboardCommands", "SwitchboardCore", "SwitchboardEngine", "SwitchboardLanguage", "SwitchboardStore",
            "TwilioProvider",
        ],
    ]

    /// A vendor's provider and emulator, where the table does not say more.
    private static var vendors: [String: Set<String>] {
        let found = (try? FileManager.default.contentsOfDirectory(atPath: root + "/Plugins")) ?? []
        let folders = found.filter { $0 != "All" }.map { "Plugins/" + $0 }
        return (folders + ["Tests/ProviderExample", "Tests/ProviderTemplate"]).reduce(into: [:]) { allowed, folder in
            allowed[folder + "/Sources"] = ["SwitchboardCore", "SwitchboardHTTP"]
            allowed[folder + "/Sandbox"] = ["SwitchboardCore", "SwitchboardSandbox"]
        }
    }

    private static func swiftFiles(under folder: String) throws -> [String] {
        try FileManager.default.subpathsOfDirectory(atPath: root + "/" + folder)
            .filter { $0.hasSuffix(".swift") }.map { folder + "/" + $0 }
    }

    private static func text(_ file: String) throws -> String {
        try String(contentsOf: URL(filePath: root + "/" + file), encoding: .utf8)
    }

    private static func imports(_ text: String) -> [String] {
        text.split(separator: "\n").compactMap { line in
            let words = line.split(separator: " ")
            guard let index = words.firstIndex(of: "import"), index <= 1, words.count > index + 1,
                words.prefix(index).allSatisfy({ ["public", "package", "internal", "@_exported"].contains($0) })
            else { return nil }
            return String(words[index + 1])
        }
    }

    @Test(arguments: allowed.keys.sorted())
    func modulesImportOnlyWhatStandsBelowThem(folder: String) throws {
        let files = try Self.swiftFiles(under: folder)
        #expect(!files.isEmpty)
        for file in files {
            let own = Self.imports(try Self.text(file)).filter {
                $0.hasPrefix("Switchboard") || $0.hasPrefix("C") || $0.hasSuffix("Provider") || $0.hasSuffix("Sandbox")
            }
            let surplus = Set(own).subtracting(Self.allowed[folder] ?? [])
            #expect(surplus.isEmpty, "\(file) imports \(surplus.sorted())")
        }
    }

    @Test func nobodyImportsAProviderButTheListOfAll() throws {
        let files = try Self.swiftFiles(under: "Sources")
        for file in files {
            let providers = Self.imports(try Self.text(file)).filter {
                $0.hasSuffix("Provider") || $0.hasSuffix("Sandbox") && $0 != "SwitchboardSandbox"
            }
            #expect(providers.isEmpty, "\(file) imports \(providers)")
        }
    }

    @Test(arguments: ["Sources", "Plugins"])
    func fullFoundationStaysOut(folder: String) throws {
        for file in try Self.swiftFiles(under: folder) {
            let heavy = Self.imports(try Self.text(file)).filter {
                ["Foundation", "FoundationNetworking"].contains($0)
            }
            #expect(heavy.isEmpty, "\(file) imports \(heavy): only FoundationEssentials keeps the start short")
        }
    }

    /// Where text goes out to a terminal, what it would obey must have been made visible.
    @Test func textGoesOutInOnePlace() throws {
        let ways = ["Swift.print(", "fputs(", "fwrite(", "printf(", "FileHandle", "STDOUT_FILENO", "writeAll("]
        let own = [
            "Sources/SwitchboardTerminal/", "Sources/SwitchboardSandbox/", "Sources/SwitchboardTool/Output.swift",
        ]
        let files = try Self.swiftFiles(under: "Sources") + Self.swiftFiles(under: "Plugins")
        for file in files where !file.contains("/Tests/") && !own.contains(where: { file.hasPrefix($0) }) {
            let found = try Self.text(file).split(separator: "\n").filter { line in
                line.drop { $0 == " " }.hasPrefix("print(") || ways.contains { line.contains($0) }
            }
            #expect(found.isEmpty, "\(file) writes past Output: \(found)")
        }
    }

    @Test func sqlStaysInTheStoreAndInTheSandboxKit() throws {
        for file in try Self.swiftFiles(under: "Sources") + Self.swiftFiles(under: "Plugins")
        where Self.imports(try Self.text(file)).contains("CSQLite") {
            #expect(file.hasPrefix("Sources/SwitchboardStore/") || file.hasPrefix("Sources/SwitchboardSandbox/"))
        }
    }
}
