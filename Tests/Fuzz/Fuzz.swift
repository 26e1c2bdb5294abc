import Glibc
import Invariants

/// What `scripts/fuzz` runs: libFuzzer makes the inputs, led by the code that they reach.
///
/// `SWITCHBOARD_FUZZ` says which of the two it is, `scripts` or `data`; `TMPDIR` is where data files are written.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let bytes = Array(UnsafeBufferPointer(start: start, count: count))
    do {
        if Target.isData {
            try DataInvariants.check(bytes, in: Target.folder)
        } else {
            try ScriptInvariants.check(bytes)
        }
    } catch {
        let line = Array("\(error)\n".utf8)
        write(STDERR_FILENO, line, line.count)
        abort()
    }
    return 0
}
