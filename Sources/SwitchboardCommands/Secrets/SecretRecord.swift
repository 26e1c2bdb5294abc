import SwitchboardEngine
import SwitchboardLanguage
import SwitchboardStore

extension RecordTypes {
    /// The text `named-secret`, which has no field for the secret itself.
    static let namedSecret = RecordType(
        name: "named-secret", fields: [.init("name", .string), .init("created_at", .time), .init("updated_at", .time)])
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
