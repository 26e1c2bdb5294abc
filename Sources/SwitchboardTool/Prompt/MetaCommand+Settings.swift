import Switchboard

extension MetaCommand {
    /// How the session is set.
    static let settings: [MetaCommand] = [
        MetaCommand(
            name: "profile", argument: "[NAME]",
            words: { place, _ in ((try? place.engine.profileNames()) ?? []).map { .init($0) } },
            help: "the profiles, or work in another one"
        ) {
            session, name in
            try name.isEmpty ? session.listProfiles() : session.use(profile: name)
        },
        setting("plan", "say what statements would change, and change nothing", isOn: { $0.isPlanning }) {
            session, isOn in
            session.isPlanning = isOn
            return "plan \(isOn ? "on: nothing is changed, what reads is run" : "off")"
        },
        setting(
            "confirm", "ask before what spends or is final on a live profile", isOn: { !$0.workplace.consent.isOn }
        ) { session, isOn in
            session.workplace.consent.set(!isOn)
            return "confirm \(isOn ? "on" : "off: nothing is asked until the session ends")"
        },
        setting("timing", "say how long each statement took", isOn: { $0.isTimed }) { session, isOn in
            session.isTimed = isOn
            return "timing \(isOn ? "on" : "off")"
        },
        setting("log", "a line for each request, without secrets", isOn: { $0.workplace.log.isOn }) { session, isOn in
            session.workplace.log.set(isOn)
            return "log \(isOn ? "on" : "off")"
        },
    ]
}

extension PromptSession {
    /// Lists the profiles, with a sign in front of the one that is used.
    func listProfiles() throws {
        let names = try workplace.engine.profileNames()
        let used = names.contains(profile.name) ? profile.name : Profile.environmentName
        names.forEach { Output.line(($0 == used ? "* " : "  ") + $0) }
    }

    /// Works in another profile from here on; names keep their values, jobs go on in theirs.
    func use(profile name: String) throws {
        context.profile = try workplace.engine.profile(name).limited(to: workplace.options.limits)
        Output.line(Welcome(self).profile)
    }
}
