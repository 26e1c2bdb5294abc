import SwitchboardLanguage

/// Columns that hold secrets although nobody has declared them: those whose name says so.
enum SecretColumn {
    private static let words: Set<Substring> = ["token", "password", "secret"]

    /// The type of a column that nobody has declared: a secret where its name ends with `token`, `password` or `secret`, as
    /// `twilio_auth_token` does, else the other.
    static func type(_ name: String, else other: ValueType) -> ValueType {
        let last = name.split(whereSeparator: { "_- .".contains($0) }).last.map { Substring($0.lowercased()) }
        return last.map(words.contains) ?? false ? .optional(.secret) : other
    }
}
