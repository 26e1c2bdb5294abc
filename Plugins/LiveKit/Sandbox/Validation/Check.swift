/// One thing that LiveKit looks at before it does anything, such as a message or a header's name.
///
/// Tables of checks stand in LiveKit's order (contract section 4.2): the first that finds a fault decides the answer.
struct Check<Subject>: Sendable {
    /// What is looked at; no two checks of a table have the same name.
    let name: String
    /// LiveKit's words for what is wrong; nil when nothing is.
    let fault: @Sendable (Subject) -> String?

    /// Makes a check whose words depend on what it finds.
    init(_ name: String, fault: @escaping @Sendable (Subject) -> String?) {
        self.name = name
        self.fault = fault
    }

    /// Makes a check with one text.
    init(_ name: String, _ text: String, when isWrong: @escaping @Sendable (Subject) -> Bool) {
        self.init(name) { isWrong($0) ? text : nil }
    }
}

/// What a check found.
struct CheckedFault: Hashable, Sendable {
    let check: String
    let text: String
}

extension Array {
    /// What the first of these checks finds that finds anything.
    func firstFault<Subject>(in subject: Subject) -> CheckedFault? where Element == Check<Subject> {
        for check in self {
            if let text = check.fault(subject) { return CheckedFault(check: check.name, text: text) }
        }
        return nil
    }
}

extension [Check<ProtoMessage>] {
    /// These checks for a message that holds theirs in a field; one without it passes.
    func within(_ field: String) -> [Check<ProtoMessage>] {
        map { check in
            Check("\(field).\(check.name)") { $0.message(field).flatMap(check.fault) }
        }
    }

    /// Refuses a message with a fault.
    func pass(_ message: ProtoMessage) throws(TwirpError) {
        if let fault = firstFault(in: message) { throw TwirpError(.invalidArgument, fault.text) }
    }
}
