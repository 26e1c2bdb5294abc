import SwitchboardCore
import SwitchboardEngine
import SwitchboardLanguage
import SwitchboardStore

extension RecordTypes {
    /// The text `trunk`; a password is told only as being there.
    static let trunk = RecordType(name: "trunk", columns: TrunkEntry.columns)
}

extension Value {
    /// The record `trunk`.
    init(_ entry: TrunkEntry) { self = .record(Record("trunk", entry, columns: TrunkEntry.columns)) }
}

extension TrunkEntry {
    fileprivate typealias Column = RoutingColumn<TrunkEntry>

    fileprivate static let columns: [Column] =
        [
            Column("id", .id(nil)) { .id($0.id) },
            Column("name", .string) { .string($0.name) },
            // Whose numbers it carries: any carrier's where it was made here; of others only the platform is known.
            Column("kind", .string) { .string($0.row?.kind ?? $0.platform) },
            Column("direction", .string) { .string($0.direction) },
            field("numbers"), field("address"), field("allowed_addresses"), field("allowed_numbers"),
            field("transport"), field("media.encryption", as: "media_encryption"), field("auth_username"),
            Column("auth_password_set", .bool) { entry in .bool(entry.halves.contains(where: \.hasPassword)) },
            Column("metadata", .string) { .string($0.halves.first?.metadata ?? "") },
        ]
        + [
            "auth_realm", "from_host", "destination_country", "krisp_enabled", "ringing_timeout",
            "max_call_duration", "headers", "headers_to_attributes", "attributes_to_headers", "include_headers",
        ].map { field($0) } + [
            field("media.codecs", as: "codecs"), field("media.only_listed_codecs", as: "only_listed_codecs"),
            field("media.media_timeout", as: "media_timeout"),
            Column("livekit_inbound_trunk_id", .optional(.string)) { .text($0.id(of: .inbound)) },
            Column("livekit_outbound_trunk_id", .optional(.string)) { .text($0.id(of: .outbound)) },
            Column("livekit_dispatch_rule_id", .optional(.string)) { .text($0.ruleID) },
            Column("created_at", .optional(.time)) { entry in
                let told = entry.halves.lazy.compactMap { Timestamp.parse($0.document.text("created_at")) }.first
                return (told ?? entry.row?.createdAt).map { .time($0) } ?? .nothing
            },
            field("updated_at"),
        ]

    /// A field of the half that has it.
    private static func field(_ path: String, as name: String? = nil) -> Column {
        let schema: RoutingSchema = RoutingSchema.inboundTrunk.field(path) == nil ? .outboundTrunk : .inboundTrunk
        return Column(path, as: name, of: schema) { entry in
            entry.halves.map(\.document).first { $0.schema.field(path) != nil }
        }
    }

    private var direction: String { row?.direction.rawValue ?? halves.first?.direction.rawValue ?? "" }

    private func id(of direction: SIPTrunk.Direction) -> String? {
        halves.first { $0.direction == direction }?.id
    }
}
