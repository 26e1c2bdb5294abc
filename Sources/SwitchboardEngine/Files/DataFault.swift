public import SwitchboardCore

/// What is wrong with a data file: every bad place of it, up to a limit.
public struct DataFault: Error, Sendable {
    /// The bad places in order; never empty.
    public var cells: [BadCell]

    /// One bad place.
    public struct BadCell: Hashable, Sendable {
        /// What is wrong.
        public var kind: Kind
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
            cells.last?.kind == .changed ? .conflict : .invalidArgument,
            cells.map { $0.message(in: path) }.joined(separator: "; "), help: cells.first?.help)
    }

    init(_ cells: [BadCell]) { self.cells = cells }

    init(_ kind: Kind, _ text: String, line: Int? = nil, column: Int? = nil, help: String? = nil) {
        cells = [BadCell(kind: kind, line: line, column: column, text: text, help: help)]
    }
}
