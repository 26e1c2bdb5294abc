import Glibc

/// The processor's time for work on one thread: what other threads and programs do meanwhile does not count.
///
/// A test that measures with it says the same on a loaded machine as on an idle one, since waiting takes no such time.
public enum ThreadTime {
    /// Runs the work on this thread and returns how long the processor was at it.
    public static func of(_ work: () throws -> Void) rethrows -> Duration {
        let start = now
        try work()
        return now - start
    }

    /// How many times longer eight times as much work takes: about 8 where every piece costs the same, 64 where every
    /// piece costs as much as all those before it.
    public static func growth(from size: Int, _ work: (_ size: Int) throws -> Void) rethrows -> Double {
        try work(size)
        let short = try of { try work(size) }
        return try of { try work(size * 8) } / short
    }

    private static var now: Duration {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
    }
}
