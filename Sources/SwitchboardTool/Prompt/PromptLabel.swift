import SwitchboardTerminal

/// What stands in front of a statement: the profile, `!` behind one where money is spent, and what is not as ever.
struct PromptLabel {
    var profile: String
    var isLive = false
    var isPlanning = false
    var jobs = 0

    /// Such as `switchboard acme! plan 2 jobs> `.
    func text(isColoured: Bool) -> String {
        var words = ["switchboard", isLive ? TextStyle.red.applied(to: profile + "!", when: isColoured) : profile]
        if isPlanning { words.append("plan") }
        if jobs > 0 { words.append(jobs == 1 ? "1 job" : "\(jobs) jobs") }
        return words.joined(separator: " ") + "> "
    }
}
