import SwitchboardLanguage

/// Makes the table of what a command or a word of the grammar takes.
enum ArgumentTable {
    /// The table, or nothing where there is nothing to take.
    static func parts(of parameters: [Parameter]) -> [Page.Part] {
        parameters.isEmpty ? [] : [.table(["argument", "meaning"], parameters.map(row))]
    }

    /// A parameter as a usage line names it.
    static func name(_ parameter: Parameter) -> String {
        switch parameter.form {
        case .positional, .rest: parameter.name.uppercased()
        case .toggle: "--\(parameter.name)"
        case .flag: "--\(parameter.name) \(parameter.type)"
        }
    }

    private static func row(_ parameter: Parameter) -> [String] {
        switch parameter.form {
        case .positional, .rest:
            // A choice of many words is in the help.
            let type = "\(parameter.type)".count > 60 ? "choice" : "\(parameter.type)"
            return ["\(name(parameter)) \(type)", parameter.help]
        case .flag, .toggle:
            let aliases = parameter.aliases.map { "--" + $0 }.joined(separator: ", ")
            return [name(parameter), parameter.help + (aliases.isEmpty ? "" : " (also \(aliases))")]
        }
    }
}
