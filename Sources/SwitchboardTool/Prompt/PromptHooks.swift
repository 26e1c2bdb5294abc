import Switchboard
import SwitchboardTerminal

extension LineHooks {
    /// What the line editor asks of a session.
    init(engine: Engine, context: PromptContext, jobs: Jobs, history: PromptHistory) {
        let completion = PromptCompletion(engine: engine, context: context, jobs: jobs)
        self.init(
            isComplete: PromptEntry.isComplete(_:), complete: completion.complete(_:at:), hint: completion.hint(_:at:),
            // What is typed meanwhile is looked for instead.
            search: { history.search($0, before: $1, until: isKeyWaiting) }, indentation: Self.columns(before:),
            statements: Engine.statements(in:))
    }

    /// Four columns for each bracket that is open, and for a stage that is to follow; none within a string, of which they
    /// would become a part.
    private static func columns(before text: String) -> Int {
        let open = Parser.openBrackets(MetaLine(text)?.statement ?? text)
        return ["'", "\""].contains(open.last) ? 0 : 4 * open.count
    }
}
