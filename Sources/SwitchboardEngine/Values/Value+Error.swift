import SwitchboardCore
import SwitchboardLanguage

extension Value {
    /// The record `error`; the place is that of the call that failed, as `buy.swb:5:9`.
    init(_ error: SwitchboardError, at place: String) {
        let fields = error.fields.sorted { $0.key < $1.key }.map { Record.Field($0.key, .string($0.value)) }
        self = .record(
            Record(
                RecordType.error.name,
                [
                    .init("code", .string(error.code.rawValue)), .init("message", .string(error.message)),
                    .init("provider", .text(error.provider)),
                    .init("status", error.status.map { .int(Int64($0)) } ?? .nothing),
                    .init("retryable", .bool(error.isRetryable)), .init("attempts", .int(Int64(error.attempts))),
                    .init("fields", .record(Record(nil, fields))), .init("span", .string(place)),
                ]))
    }
}

extension SourceText {
    /// The place of a span as compilers write it.
    func place(of span: Span) -> String {
        "\(name(at: span.start)):\(line(at: span.start)):\(column(at: span.start))"
    }
}
