import SwitchboardCore
import SwitchboardLanguage

/// The flags of rows, with their values.
struct RowOptions: Sendable {
    var parallel = 1
    /// The least time between the beginnings of two rows.
    var spacing: Duration?
    var key: FieldPath?
    var retry = 0
    var timeout: Duration?
    /// Whether the other rows run when one has failed.
    var goesOn = false

    /// Reads the values; throws `invalid_argument` for one out of range.
    init(_ values: [String: Value]) throws {
        if case .int(let count)? = values["parallel"] {
            parallel = try Self.within(RowFlags.parallel, count, "--parallel")
        }
        if case .int(let count)? = values["retry"] { retry = try Self.within(RowFlags.retry, count, "--retry") }
        if case .rate(let rate)? = values["rate"] { spacing = rate.spacing }
        if case .fieldPath(let path)? = values["key"] { key = path }
        if case .duration(let duration)? = values["timeout"] {
            guard duration > .zero else {
                throw SwitchboardError(.invalidArgument, "--timeout takes a time that is longer than nothing")
            }
            timeout = duration
        }
        goesOn = values["on-error"] == .string("collect")
    }

    /// The same rows one after the other, none of them waiting.
    var oneByOne: RowOptions {
        var options = self
        (options.parallel, options.spacing, options.retry, options.timeout) = (1, nil, 0, nil)
        return options
    }

    private static func within(_ range: ClosedRange<Int>, _ count: Int64, _ flag: String) throws -> Int {
        guard let count = Int(exactly: count), range.contains(count) else {
            throw SwitchboardError(
                .invalidArgument, "\(flag) takes \(range.lowerBound) to \(range.upperBound), not \(count)")
        }
        return count
    }
}

extension Rate {
    /// The time between two, evenly spread.
    var spacing: Duration {
        let unit: Duration =
            switch self.unit {
            case "s": .seconds(1)
            case "m": .seconds(60)
            default: .seconds(3600)
            }
        return unit / count
    }
}
