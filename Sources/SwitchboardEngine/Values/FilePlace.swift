/// Where a record stands in a data file.
public struct FilePlace: Hashable, Sendable {
    /// The file as the script names it.
    public var file: String
    /// The line in which the record begins, from 1.
    public var line: Int
}
