@_exported import SwitchboardCommands
@_exported import SwitchboardCore
@_exported import SwitchboardEngine
@_exported import SwitchboardHTTP
@_exported import SwitchboardLanguage
@_exported import SwitchboardReference
@_exported import SwitchboardStore

/// What an embedder needs besides its list of plugins.
public enum Switchboard {
    /// The version of the library and the program.
    public static let version = "0.1.0"

    /// The commands of the stock program.
    public static let commands: [any Command.Type] = BuiltIns.commands + [Help.self]

    /// A registry of the stock commands and these plugins.
    public static func registry(plugins: [Plugin]) throws -> Registry {
        try Registry(plugins: plugins, commands: commands)
    }
}
