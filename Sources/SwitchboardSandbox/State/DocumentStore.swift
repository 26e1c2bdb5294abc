public import SwitchboardCore
import Synchronization

/// Small JSON documents by emulator, kind and id, in one SQLite file.
///
/// A change is on its way to the disk when `apply` returns: killing the process loses nothing, a power failure may.
/// After a failed write the store refuses all others, so that no answer claims what was not kept.
public final class DocumentStore: Sendable {
    /// One change of one document.
    public enum Write: Hashable, Sendable {
        /// Puts a document in the place of any earlier one.
        case put(kind: String, id: String, JSON)
        /// Removes a document, if it is there.
        case remove(kind: String, id: String)
        /// Removes every document of the emulator.
        case removeAll
    }

    /// A store that keeps nothing beyond the process.
    public static var inMemory: DocumentStore { DocumentStore() }

    private struct Contents {
        var file: SQLiteFile?
        var failure: StoreFailure?
    }
    private let contents: Mutex<Contents>

    private init() { contents = Mutex(Contents()) }

    /// Opens the file, or makes it with mode 0600; throws `StoreFailure` with its path when it is damaged.
    public init(path: String) throws(StoreFailure) {
        let file = try SQLiteFile(path: path)
        contents = Mutex(Contents(file: file))
    }

    /// The part of the store that belongs to one emulator.
    public func scope(_ emulator: String) -> Scope { Scope(store: self, emulator: emulator) }

    /// The documents of one emulator.
    public struct Scope: Sendable {
        fileprivate let store: DocumentStore
        fileprivate let emulator: String

        /// All documents of a kind, in the order of their ids.
        public func all(_ kind: String) throws(StoreFailure) -> [(id: String, value: JSON)] {
            try store.perform { file throws(StoreFailure) in
                try file?.documents(emulator: emulator, kind: kind) ?? []
            }
        }

        /// Makes all the changes or none of them.
        public func apply(_ writes: [Write]) throws(StoreFailure) {
            guard !writes.isEmpty else { return }
            try store.perform { file throws(StoreFailure) in try file?.apply(writes, emulator: emulator) }
        }
    }

    private func perform<T>(_ body: (SQLiteFile?) throws(StoreFailure) -> T) throws(StoreFailure) -> T {
        let result = contents.withLock { contents -> Result<T, StoreFailure> in
            if let failure = contents.failure { return .failure(failure) }
            do throws(StoreFailure) {
                return .success(try body(contents.file))
            } catch {
                contents.failure = error
                return .failure(error)
            }
        }
        return try result.get()
    }
}

/// A state file that cannot be read or written.
public struct StoreFailure: Error, Hashable, Sendable, CustomStringConvertible {
    /// The file.
    public var path: String
    /// What is wrong with it.
    public var reason: String

    /// The sentence that users read.
    public var description: String { "the sandbox's state in \(path) cannot be used: \(reason)" }
}
