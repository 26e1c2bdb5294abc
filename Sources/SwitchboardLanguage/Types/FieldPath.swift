/// A path of fields such as `.address.city?`, as an argument has it: taken as it is written and not evaluated.
public struct FieldPath: Hashable, Sendable {
    /// The fields from the outside in; at least one.
    public var steps: [Step]

    /// One field of a path.
    public struct Step: Hashable, Sendable {
        /// The name, dot and `?` left out.
        public var name: String
        /// Whether a missing field gives `nothing` instead of a fault.
        public var isOptional: Bool

        /// Makes a step.
        public init(_ name: String, isOptional: Bool = false) {
            self.name = name
            self.isOptional = isOptional
        }
    }

    /// Makes a path.
    public init(_ steps: [Step]) { self.steps = steps }

    /// The name of the innermost field, which a column made of it gets.
    public var name: String { steps.last?.name ?? "" }
}

extension FieldPath: CustomStringConvertible {
    /// The path as it is written.
    public var description: String { steps.map { ".\($0.name)\($0.isOptional ? "?" : "")" }.joined() }
}
