import SwitchboardCore
import FoundationEssentials
import SwitchboardSandbox
import Testing

/// A folder that goes away with the test.
struct ScratchFolder: ~Copyable {
    let path = FileManager.default.temporaryDirectory.appending(path: "sandbox-\(UUID().uuidString)").path

    init() throws { try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true) }

    deinit {
        do { try FileManager.default.removeItem(atPath: path) } catch { Issue.record(error) }
    }
}

@Suite struct DocumentStoreTests {
    @Test func keepsDocumentsForTheNextStore() throws {
        let folder = try ScratchFolder()
        let path = folder.path + "/sandbox.db"
        do {
            let scope = try DocumentStore(path: path).scope("echo")
            try scope.apply([
                .put(kind: "thing", id: "b", ["n": 2]), .put(kind: "thing", id: "a", ["n": 1]),
                .put(kind: "thing", id: "c", ["n": 3]), .put(kind: "other", id: "a", "text"),
            ])
            try scope.apply([.put(kind: "thing", id: "b", ["n": 20]), .remove(kind: "thing", id: "c")])
        }
        let store = try DocumentStore(path: path)
        let things = try store.scope("echo").all("thing")
        #expect(things.map(\.id) == ["a", "b"])
        #expect(things.map(\.value) == [["n": 1], ["n": 20]])
        #expect(try store.scope("elsewhere").all("thing").isEmpty)
        try store.scope("echo").apply([.removeAll])
        #expect(try store.scope("echo").all("other").isEmpty)
    }

    @Test func refusesADamagedFileByItsPath() throws {
        let folder = try ScratchFolder()
        let path = folder.path + "/sandbox.db"
        try Data(repeating: 0x41, count: 8192).write(to: URL(filePath: path))
        let failure = #expect(throws: StoreFailure.self) { _ = try DocumentStore(path: path) }
        #expect(failure?.description.contains(path) == true)
    }

    @Test func isReadableByItsOwnerOnly() throws {
        let folder = try ScratchFolder()
        let path = folder.path + "/sandbox.db"
        _ = try DocumentStore(path: path)
        let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
        #expect(mode == 0o600)
    }
}
