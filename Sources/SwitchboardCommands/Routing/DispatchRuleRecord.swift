import SwitchboardCore
import SwitchboardEngine
import SwitchboardLanguage

extension RecordTypes {
    /// The text `dispatch-rule`; a PIN is told only as being there.
    static let dispatchRule = RecordType(
        name: "dispatch-rule", summary: "a rule that sends calls into rooms", columns: DispatchRule.columns)
}

extension Value {
    /// The record `dispatch-rule`.
    init(_ rule: DispatchRule) { self = .record(Record("dispatch-rule", rule, columns: DispatchRule.columns)) }
}

extension DispatchRule {
    fileprivate typealias Column = RoutingColumn<DispatchRule>

    fileprivate static let columns: [Column] =
        [
            Column("id", .id("dispatch-rule"), "LiveKit's id") { .id($0.id) },
            Column("name", .string, "a name for people") { .string($0.name) },
            Column("kind", .string, "direct, individual or callee") { .string($0.kind?.rawValue ?? "") },
            Column("room", .string, "the room, or what the names of rooms begin with") { .string($0.room) },
            Column("random", .bool, "whether a room's name ends with something random") { .bool($0.isRandom) },
            Column("pin_set", .bool, "whether callers have to know a PIN; it is never shown") { .bool($0.hasPin) },
            field("trunk_ids"), field("inbound_numbers"), field("numbers"),
            Column("agents", .list(.string), "the names that agents are dispatched by") {
                .list($0.agents.map { .string($0.dispatchName) })
            },
            Column("metadata", .string, "any text, kept with the rule") { .string($0.metadata) },
        ]
        + [
            "attributes", "hide_phone_number", "krisp_enabled", "room_preset", "room_config",
        ].map { field($0) } + [
            field("media.encryption", as: "media_encryption"), field("media.codecs", as: "codecs"),
            field("media.only_listed_codecs", as: "only_listed_codecs"),
            field("media.media_timeout", as: "media_timeout"), field("created_at"), field("updated_at"),
        ]

    private static func field(_ path: String, as name: String? = nil) -> Column {
        Column(path, as: name, of: .dispatchRule) { $0.document }
    }
}
