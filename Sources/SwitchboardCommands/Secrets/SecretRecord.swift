import SwitchboardEngine
import SwitchboardLanguage
import SwitchboardStore

extension RecordTypes {
    /// The text `named-secret`, which has no field for the secret itself.
    static let namedSecret = RecordType(
        name: "named-secret", summary: "a stored secret, without the secret",
        fields: [
            .init("name", .string, "the name that (secret NAME) takes"),
            .init("created_at", .time, "when it was first stored"),
            .init("updated_at", .time, "when it was last stored"),
        ])
}

extension Value {
    /// The record `named-secret`.
    init(_ secret: NamedSecret) {
        self = .record(
            Record(
                "named-secret",
                [
                    .init("name", .string(secret.name)), .init("created_at", .time(secret.createdAt)),
                    .init("updated_at", .time(secret.updatedAt)),
                ]))
    }
}
