import FoundationEssentials
import Glibc
import SwitchboardTestKit

/// A disk of 16 MiB, an ext4 file system in a file of the place; making one needs root's rights and loop devices.
struct SmallDisk: Sendable {
    /// Whether this machine lets us have one.
    static let isPossible =
        geteuid() == 0 && access("/dev/loop-control", R_OK | W_OK) == 0 && access(mkfs, X_OK) == 0
    private static let mkfs = "/usr/sbin/mkfs.ext4"

    private let image: String
    private let folder: String
    private var ballast: String { folder + "/ballast" }

    /// Makes one, mounts it at a folder of the place for the body, and takes it away.
    static func with<Result>(
        at name: String, in place: Place, _ body: (SmallDisk) async throws -> Result
    ) async throws -> Result {
        let disk = try await SmallDisk(image: "\(place.folder)/disk.img", folder: "\(place.folder)/\(name)")
        let result: Swift.Result<Result, any Error>
        do { result = .success(try await body(disk)) } catch { result = .failure(error) }
        // Whoever still has a file open there keeps the disk until it ends.
        try await run("/usr/bin/umount", "--lazy", disk.folder)
        return try result.get()
    }

    private init(image: String, folder: String) async throws {
        (self.image, self.folder) = (image, folder)
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try await Self.run("/usr/bin/truncate", "-s", "16M", image)
        // With smaller blocks a page of shared memory can have room for its end alone.
        try await Self.run(Self.mkfs, "-q", "-m", "0", "-b", "4096", image)
        try await mount()
        chmod(folder, 0o700)
    }

    private func mount() async throws { try await Self.run("/usr/bin/mount", "-o", "loop", image, folder) }

    /// Uses up every block that is left.
    func fill() throws {
        let file = open(ballast, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
        defer { close(file) }
        for size in [1 << 16, 1 << 10, 1] {
            let block = [UInt8](repeating: 1, count: size)
            while write(file, block, block.count) > 0 {}
            guard errno == ENOSPC else { throw Failure("the disk did not fill: errno \(errno)") }
        }
    }

    /// Gives the blocks back.
    func clear() {
        truncate(ballast, 0)
        unlink(ballast)
    }

    /// Makes it read-only for files that are open too, as the kernel does with a disk that fails.
    func turnReadOnly() async throws { try await Self.run("/usr/bin/mount", "-o", "remount,abort", folder) }

    /// Mounts it anew, writable.
    func mend() async throws {
        try await wait(for: "the disk to be left alone") {
            try await Subprocess.run("/usr/bin/umount", [folder]).status == 0 ? () : nil
        }
        try await mount()
    }

    private static func run(_ program: String, _ arguments: String...) async throws {
        let result = try await Subprocess.run(program, arguments)
        guard result.status == 0 else { throw Failure("\(program): \(result.errorText)") }
    }
}
