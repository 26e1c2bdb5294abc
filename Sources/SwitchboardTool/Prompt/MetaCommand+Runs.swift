import Switchboard

extension MetaCommand {
    /// What has been done: statements that have a short form.
    static let runs: [MetaCommand] = [
        MetaCommand(
            name: "undo", argument: "[RUN]", help: "take back what the newest run has done, or another one",
            statement: .line
        ) { session, run in
            session.execute("undo \(run.isEmpty ? "last" : run)")
        },
        MetaCommand(name: "todo", help: "what needs a person") { session, _ in session.execute("todo") },
    ]

    /// The way out.
    static let leaving: [MetaCommand] = [quit]

    /// Ends the session.
    static let quit = MetaCommand(name: "quit", help: "leave, as Ctrl-D does") { session, _ in session.leave(0) }
}
