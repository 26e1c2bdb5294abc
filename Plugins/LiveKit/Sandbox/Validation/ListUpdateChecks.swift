/// What LiveKit looks at in a `ListUpdate` (contract section 4.3).
enum ListUpdateChecks {
    static let all: [Check<ProtoMessage>] = [
        Check("action", "unsupported list update operation") { !$0.bool("clear") && elements(of: $0).isEmpty },
        Check("clear alone", "cannot clear and change the list at the same time") {
            $0.bool("clear") && !elements(of: $0).isEmpty
        },
        Check("set alone", "cannot set and change the list at the same time") {
            !$0.strings("set").isEmpty && !($0.strings("add") + $0.strings("remove")).isEmpty
        },
        Check("elements", "empty element in the list") { elements(of: $0).contains("") },
    ]

    private static func elements(of update: ProtoMessage) -> [String] {
        update.strings("set") + update.strings("add") + update.strings("remove")
    }
}
