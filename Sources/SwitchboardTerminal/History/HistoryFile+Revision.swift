import CEditline
import Glibc
import Synchronization

extension HistoryFile {
    /// Changes the statements in which one of the texts may stand, also spelt with escapes; `change` gives what is kept of
    /// one, nil for nothing.
    ///
    /// The file is another one then, which sessions notice before they read again. Throws where it cannot be written, and
    /// it is as before then.
    public func revise(linesWith texts: [String], _ change: (String) -> String?) throws(TerminalError) {
        let marks = texts.map { HistoryEntry.escaped($0) } + [HistoryEntry.escaped("\\")]
        try state.withLock { state throws(TerminalError) in
            guard (try? open(&state, for: O_RDONLY)) != nil else { return }
            guard Self.holds(Self.bytes(of: state.descriptor, 0..<Self.size(of: state.descriptor))[...], marks) else {
                return
            }
            let new = try replacement()
            do throws(TerminalError) { try lock(&state) } catch {
                new.drop()
                throw error
            }
            defer { flock(state.descriptor, LOCK_UN) }
            let bytes = Self.bytes(of: state.descriptor, 0..<Self.size(of: state.descriptor))
            guard let revised = Self.revised(bytes, marks, change) else { return new.drop() }
            guard new.write(revised[...]), new.sync(), new.commit() else { throw failure("rewrite") }
        }
    }

    /// The new file, as soon as no other session writes one.
    private func replacement() throws(TerminalError) -> HistoryReplacement {
        for _ in 0..<Self.patience {
            if let new = HistoryReplacement(of: path) { return new }
            usleep(1000)
        }
        throw failure("rewrite", EWOULDBLOCK)
    }

    /// nil where nothing changes.
    private static func revised(_ bytes: [UInt8], _ marks: [String], _ change: (String) -> String?) -> [UInt8]? {
        var (revised, isChanged) = ([UInt8](), false)
        for line in bytes.split(separator: 0x0A) {
            guard holds(line, marks), var entry = HistoryEntry(line: line), !entry.text.isEmpty else {
                revised += line + [0x0A]
                continue
            }
            let kept = change(entry.text)
            if kept == entry.text {
                revised += line + [0x0A]
                continue
            }
            isChanged = true
            guard let kept else { continue }
            entry.text = kept
            revised += entry.line
        }
        return isChanged ? revised : nil
    }

    private static func holds(_ bytes: ArraySlice<UInt8>, _ marks: [String]) -> Bool {
        bytes.withUnsafeBytes { bytes in
            guard let base = bytes.baseAddress?.assumingMemoryBound(to: CChar.self) else { return false }
            return marks.contains { ce_holds(base, bytes.count, $0) }
        }
    }
}
