import SwitchboardCore
import SwitchboardEngine
import SwitchboardLanguage

/// A trunk as a call describes it.
extension RoutedDraft<SIPTrunk> {
    /// The parameters that describe a trunk.
    static let parameters = [RoutingFileArgument.parameter] + RoutingFlag.parameters(of: schemas) + [catchAll]

    /// The parameters that change one.
    static let updateParameters = RoutingFlag.parameters(of: schemas, isUpdate: true) + [catchAll]

    /// Which way calls go.
    static let direction = Parameter(
        "direction", .flag, .choice(SIPTrunk.Direction.words + [SIPTrunk.Direction.both]),
        help: "which way calls go; told by the fields unless given")

    private static let schemas: [RoutingSchema] = [.inboundTrunk, .outboundTrunk]
    private static let catchAll = Parameter(
        "catch-all", .toggle, .bool, help: "mean it: without numbers it takes the calls to every number")

    /// The trunk that the arguments describe, of a direction that is known beforehand or told by them.
    init(_ arguments: [String: Value], direction known: SIPTrunk.Direction? = nil) throws {
        let direction = known ?? Self.direction(arguments.given)
        let file = try RoutingFileArgument.read(arguments) { (json) throws(RoutingFault) in
            try RoutingFile.trunk(json, direction: direction)
        }
        try self.init(file.map { SIPTrunk($0.document) } ?? SIPTrunk(direction ?? .inbound), from: file)
        try takeFlags(arguments)
    }

    /// One half of a trunk for both directions: what the flags say that this half has.
    init(half direction: SIPTrunk.Direction, of arguments: [String: Value]) throws {
        let (own, schema) = (arguments.given, direction.schema)
        guard own["file"] == nil else {
            throw RoutingFault("a file holds a trunk of one direction", help: "make the two one after the other")
        }
        let others = Self.names(only: schema.otherDirection).union(["direction"])
        try self.init(own.filter { !others.contains($0.key) }, direction: direction)
    }

    /// Sets what the flags say; a flag of the other direction is a fault.
    mutating func takeFlags(_ arguments: [String: Value]) throws {
        let (arguments, schema) = (arguments.given, thing.document.schema)
        let others = Self.names(only: schema.otherDirection)
        if let stranger = arguments.keys.sorted().first(where: others.contains) {
            throw RoutingFault(
                "\(schema.noun)s have no --\(stranger)", help: "\(schema.otherDirection.noun)s have it")
        }
        try take(arguments)
        // Without its user a password is of no use, and no flag takes it away.
        if thing.authUsername.isEmpty, arguments["auth-username"] != nil { thing.password = nil }
    }

    /// What the arguments say of the direction: outright, or by a flag that only one of both has; nil for neither.
    private static func direction(_ arguments: [String: Value]) -> SIPTrunk.Direction? {
        if let word = arguments["direction"]?.plainText { return SIPTrunk.Direction(rawValue: word) }
        let given = Set(arguments.keys)
        return given.isDisjoint(with: names(only: .outboundTrunk))
            ? given.isDisjoint(with: names(only: .inboundTrunk)) ? nil : .inbound : .outbound
    }

    /// The flags that the other direction does not have.
    private static func names(only schema: RoutingSchema) -> Set<String> {
        func names(_ schema: RoutingSchema) -> Set<String> {
            Set(RoutingFlag.all(of: schema).flatMap { [$0.name, $0.off, $0.adding, $0.removing] })
        }
        return names(schema).subtracting(names(schema.otherDirection))
    }
}

extension RoutingSchema {
    /// The other kind of trunk.
    fileprivate var otherDirection: RoutingSchema { self == .inboundTrunk ? .outboundTrunk : .inboundTrunk }
}

extension SIPTrunk.Direction {
    /// The words by which users say it.
    static let words = halves.map(\.rawValue)

    /// The word for a trunk of the workspace that has a trunk of either direction at the platform.
    static let both = "both"

    /// The directions of its halves, in the order in which they are made.
    static let halves = [SIPTrunk.Direction.inbound, .outbound]
}
