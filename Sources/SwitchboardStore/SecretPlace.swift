import SwitchboardCore

/// Which secret a box holds.
enum SecretPlace {
    /// A provider's setting in a profile.
    case setting(SecretKey, profile: String)
    /// A named secret of a profile.
    case named(String, profile: String)
    /// What an intent needs until it is settled, by the intent's own key for it.
    case kept(String, intent: String)
    /// The script of a run that has a secret in its text.
    case script(run: String)

    /// The place in full; no two places have one path.
    var path: [String] {
        switch self {
        case .setting(let key, let profile): ["secret", profile, key.provider, key.setting]
        case .named(let name, let profile): ["named secret", profile, name]
        case .kept(let key, let intent): ["kept secret", intent, key]
        case .script(let run): ["script", run]
        }
    }

    /// The place as messages name it.
    var words: String {
        switch self {
        case .setting(let key, let profile): "the secret \(key.setting) of \(key.provider) in the profile '\(profile)'"
        case .named(let name, let profile): "the secret '\(name)' in the profile '\(profile)'"
        case .kept(_, let intent): "the secret that was kept for \(intent)"
        case .script(let run): "the script of \(run)"
        }
    }

    /// How the secret can be given again; nil where it cannot.
    var remedy: String? {
        switch self {
        case .setting: "give the secret again with `connect`"
        case .named(let name, _): "give it again with `secret set \(name)`"
        case .kept, .script: nil
        }
    }
}
