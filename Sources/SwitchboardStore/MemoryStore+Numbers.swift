public import SwitchboardCore

extension MemoryStore {
    /// The first numbers of a profile whose text begins so, and the last.
    public func numbers(profile: String, beginning: String, limit: Int) throws -> [WorkspaceNumber] {
        if let home = home(of: profile) {
            return try home.numbers(profile: profile, beginning: beginning, limit: limit)
        }
        return Self.first(limit, of: try numbers(profile: profile).filter { $0.e164.text.hasPrefix(beginning) })
    }

    /// The first numbers of a profile that hold the text, and the last.
    public func numbers(profile: String, holding text: String, limit: Int) throws -> [WorkspaceNumber] {
        if let home = home(of: profile) { return try home.numbers(profile: profile, holding: text, limit: limit) }
        let all = try numbers(profile: profile)
        let found = all.filter { $0.e164.text.contains(text) }
        if !found.isEmpty { return Self.first(limit, of: found) }
        let part = text.lowercased()
        return Self.first(limit, of: all.filter { $0.label?.lowercased().contains(part) ?? false })
    }

    private static func first(_ limit: Int, of all: [WorkspaceNumber]) -> [WorkspaceNumber] {
        Array(all.prefix(limit)) + (all.count > limit ? all.suffix(1) : [])
    }
}
