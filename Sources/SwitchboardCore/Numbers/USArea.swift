/// A geographic area code of the United States.
public struct USArea: Hashable, Sendable {
    /// The three digits.
    public let areaCode: String
    /// The main city, or nil where the area is known by its state only.
    public let locality: String?
    /// The two letters of the state, `DC` for Washington.
    public let state: String

    /// Reads a line of the table: `415CASan Francisco`.
    init(_ line: PlanText) {
        areaCode = line.prefix(3).string
        state = line.dropFirst(3).prefix(2).string
        let city = line.dropFirst(5)
        locality = city.isEmpty ? nil : city.string
    }
}
