import SwitchboardCore

/// The file in which LiveKit's own tool `lk` keeps its projects (contract section 2.3).
enum LKConfig {
    /// Where it is and how `connect` reads it.
    static let file = SettingsFile(
        flag: "from-lk", path: ".livekit/cli-config.yaml", entryWord: "project", maker: "lk project add",
        entries: entries)

    /// The projects; `default_project` is the default, and keys that are none of ours are left alone.
    static func entries(_ bytes: [UInt8]) throws -> [SettingsFile.Entry] {
        let root: JSON
        do throws(YAML.Unreadable) { root = try YAML.read(bytes) } catch {
            throw fault("\(error.reason)\(error.line.map { ", line \($0)" } ?? "")")
        }
        if root == .null { return [] }
        guard root.members != nil else { throw fault("it is no mapping") }
        let defaultName = try text("default_project", of: root, "the file")
        switch try member("projects", of: root, "the file") {
        case .null: return []
        case .array(let projects):
            return try projects.enumerated().map { try entry($0.element, number: $0.offset + 1, defaultName) }
        default: throw fault("'projects' is no list")
        }
    }

    private static func entry(_ project: JSON, number: Int, _ defaultName: String?) throws -> SettingsFile.Entry {
        guard let name = try text("name", of: project, "project \(number)") else {
            throw fault("project \(number) has no name")
        }
        func value(_ key: String) throws -> String? { try text(key, of: project, "project '\(name)'") }
        var plain: [String: String] = [:]
        plain["url"] = try value("url")
        plain["api_key"] = try value("api_key")
        plain["sip_host"] = try value("project_id").flatMap(SIPHost.init(projectID:))?.text
        var secrets: [String: Secret] = [:]
        secrets["api_secret"] = try value("api_secret").map { Secret($0) }
        return SettingsFile.Entry(
            name: name, isDefault: name == defaultName, settings: ProviderSettings(plain: plain, secrets: secrets))
    }

    /// The text of a key; nil where it is missing, null or empty.
    private static func text(_ key: String, of object: JSON, _ place: String) throws -> String? {
        switch try member(key, of: object, place) {
        case .null: return nil
        case .string(let text): return text.isEmpty ? nil : text
        default: throw fault("'\(key)' of \(place) is no text")
        }
    }

    private static func member(_ key: String, of object: JSON, _ place: String) throws -> JSON {
        let found = object.members?.filter { $0.name == key } ?? []
        guard found.count <= 1 else { throw fault("'\(key)' of \(place) stands twice") }
        return found.first?.value ?? .null
    }

    private static func fault(_ reason: String) -> SwitchboardError {
        SwitchboardError(.invalidArgument, reason, provider: LiveKitProvider.name)
    }
}
