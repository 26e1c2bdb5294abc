import CEditline
import Synchronization

/// The C editor, which other threads reach only while it is open.
///
/// Unchecked: the pointer itself is for the editor's thread alone, everybody else goes through the lock.
final class EditorHandle: @unchecked Sendable {
    /// For the calls that the editor's thread makes, before it closes.
    let editorsThread: OpaquePointer
    private let isOpen = Mutex(true)

    init(_ pointer: OpaquePointer) {
        editorsThread = pointer
    }

    /// Makes one of the calls that any thread may make; does nothing after `close`.
    func use(_ call: (OpaquePointer) -> Void) {
        isOpen.withLock { isOpen in
            if isOpen { call(editorsThread) }
        }
    }

    func close() {
        isOpen.withLock { isOpen in
            isOpen = false
            ce_close(editorsThread)
        }
    }
}
