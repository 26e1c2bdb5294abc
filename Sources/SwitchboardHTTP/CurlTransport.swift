import FoundationEssentials
public import SwitchboardCore
import Synchronization

/// The real door to the network: libcurl on one thread of its own.
///
/// The library is loaded and the thread started by the first request. Connections are kept and used again. The
/// system's certificates are trusted, and those of the file in `CURL_CA_BUNDLE` or `SSL_CERT_FILE`. Loopback hosts
/// are reached directly; for others the environment's proxy settings hold. `http` goes to loopback hosts only.
/// Every request is written to a connection at most once, whatever becomes of it.
public final class CurlTransport: HTTPTransport {
    private let library: String
    private let longestIdle: Duration
    private let loop = AtomicLazyReference<CurlLoop>()
    private let isShutDown = Atomic(false)

    /// Makes a transport; starts nothing.
    public convenience init() { self.init(longestIdle: .seconds(15)) }

    /// A connection that was idle for longer than `longestIdle`, in whole seconds, is not used again: the server may be
    /// about to close it.
    init(library: String = "libcurl.so.4", longestIdle: Duration = .seconds(15)) {
        self.library = library
        self.longestIdle = longestIdle
    }

    deinit { shutdown() }

    /// Sends one request once and returns its answer; the request body and answer are held in memory.
    public func send(_ request: HTTPRequest) async throws -> HTTPAnswer {
        let checked = try CheckedRequest(request)
        guard !isShutDown.load(ordering: .sequentiallyConsistent) else { throw CurlLoop.stopped }
        guard !Task.isCancelled else { throw TransportFailure(.cancelled, "the request was cancelled") }
        return try await runningLoop().perform(checked)
    }

    /// Cancels what is under way, closes every connection and ends the thread; later requests fail as `notSent`.
    public func shutdown() {
        isShutDown.store(true, ordering: .sequentiallyConsistent)
        loop.load()?.stop()
    }

    /// The loop, started at first use; of two first requests at once each starts one, and the later one ends again.
    private func runningLoop() throws -> CurlLoop {
        if let loop = loop.load() { return loop }
        let loop = loop.storeIfNil(
            try CurlLoop(library: library, certificates: Self.certificateFile(), longestIdle: longestIdle))
        // A shutdown that came before the store has not seen the loop.
        if isShutDown.load(ordering: .sequentiallyConsistent) { loop.stop() }
        return loop
    }

    private static func certificateFile() -> String? {
        let environment = ProcessInfo.processInfo.environment
        return ["CURL_CA_BUNDLE", "SSL_CERT_FILE"].compactMap { environment[$0] }.first { !$0.isEmpty }
    }
}
