public import SwitchboardCore

/// What is wrong with a data file: every bad place of it, up to a limit.
public struct DataFault: Error, Sendable {
    /// The code of a file that does not stay as it was.
    static let changed = "D012"

    /// The bad places in order; never empty.
    public var cells: [BadCell]

    /// One bad place.
    public struct BadCell: Hashable, Sendable {
        /// `D001` and so on, see `DataFile`.
        public var code: String
        /// The line of the file, from 1; nil for a fault of the whole file.
        public var line: Int?
        /// The column of the line in characters, from 1.
        public var column: Int?
        /// One sentence.
        public var text: String
        /// A hint.
        public var help: String?

        /// The sentence with the place, as compilers write it.
        public func message(in path: String) -> String {
            guard let line else { return "\(path): \(text)" }
            return "\(path):\(line):\(column ?? 1): \(text)"
        }
    }

    /// The same faults as one error of a run.
    public func error(in path: String) -> SwitchboardError {
        SwitchboardError(
            cells.last?.code == Self.changed ? .conflict : .invalidArgument,
            cells.map { $0.message(in: path) }.joined(separator: "; "), help: cells.first?.help)
    }

    init(_ cells: [BadCell]) { self.cells = cells }

    init(_ code: String, _ text: String, line: Int? = nil, column: Int? = nil, help: String? = nil) {
        cells = [BadCell(code: code, line: line, column: column, text: text, help: help)]
    }
}
