/// What the language knows of a command: read by the checker, help, completion and the reference.
public struct CommandSignature: Sendable {
    /// One or more words, as typed.
    public var name: String
    /// One sentence without a final period.
    public var summary: String
    /// Words that somebody may try instead; the check says then what was meant.
    public var otherNames: [String]
    /// The parameters, positional ones in their order.
    public var parameters: [Parameter]
    /// What may flow in.
    public var input: Input
    /// What comes out of one call.
    public var output: Output
    /// What the command does to the world.
    public var effect: EffectClass
    /// The toggle with which it changes nothing and only says what it would do; nil where it has none.
    public var looksWith: String?
    /// Whether it changes nothing and only shows something where it is given nothing.
    public var looksBare: Bool
    /// The capability that the chosen provider must have.
    public var capability: String?
    /// Whether it steers the sandbox's emulators and is refused in every other profile.
    public var isSandboxOnly: Bool
    /// Whether the command itself asks before it does what cannot be taken back, because only it can tell what that
    /// costs; then nobody asks before the script.
    public var asksForItself: Bool
    /// What takes the command's effect back, for help; nil where nothing does or nothing has to.
    public var inverse: String?
    /// What becomes of the command's change where the transaction around it fails.
    public var undoing: Undoing
    /// Statements that show the use; tests execute them.
    public var examples: [Example]

    /// Makes a signature; `undoing` follows from the effect unless it is said.
    public init(
        _ name: String, summary: String, otherNames: [String] = [], parameters: [Parameter] = [],
        input: Input = .items, output: Output,
        effect: EffectClass = .pure, looksWith: String? = nil, looksBare: Bool = false, asksForItself: Bool = false,
        capability: String? = nil, isSandboxOnly: Bool = false,
        inverse: String? = nil, undoing: Undoing? = nil,
        examples: [Example] = []
    ) {
        self.name = name
        self.summary = summary
        self.otherNames = otherNames
        self.parameters = parameters
        self.input = input
        self.output = output
        self.effect = effect
        self.looksWith = looksWith
        self.looksBare = looksBare
        self.asksForItself = asksForItself
        self.capability = capability
        self.isSandboxOnly = isSandboxOnly
        self.inverse = inverse
        self.undoing = effect == .irreversible ? .refused : undoing ?? .takenBack
        self.examples = examples
    }

    /// Whether a call that is given these parameters changes nothing, and only says or shows something.
    public func isLook(_ given: Set<String>) -> Bool {
        looksWith.map(given.contains) ?? (looksBare && given.isEmpty)
    }

    /// How a command takes what flows in.
    public enum Input: Hashable, Sendable {
        /// Nothing may flow in.
        case none
        /// One item at a time; a list maps over the command. Items bind to parameters by type or by field name.
        case items
        /// One item at a time as it is, without binding to parameters; a list maps over the command, and of nothing it
        /// makes nothing.
        case eachItem
        /// The whole value at once.
        case whole

        /// Whether a list maps over the command.
        public var isMapped: Bool { self == .items || self == .eachItem }
    }

    /// What a command makes.
    public enum Output: Sendable {
        /// Always this type.
        case type(ValueType)
        /// A type that follows from the call.
        case computed(@Sendable (CallTypes) throws(TypeFault) -> ValueType)
    }

    /// A statement that shows the use.
    public struct Example: Hashable, Sendable {
        /// The statement.
        public var text: String
        /// What it does, in a few words.
        public var remark: String
        /// What a test needs to run before, such as a number to release.
        public var setUp: String?

        /// Makes an example.
        public init(_ text: String, _ remark: String, setUp: String? = nil) {
            self.text = text
            self.remark = remark
            self.setUp = setUp
        }
    }
}

/// What becomes of a command's change where the transaction around it fails.
public enum Undoing: Hashable, Sendable {
    /// It is taken back.
    case takenBack
    /// It stays, since it is none of the workspace's: a file, a fault of the sandbox.
    case stays
    /// Nothing would take it back, or what it tells would be wrong then, so no transaction holds the command.
    case refused
}

/// What a command does to the world, mildest first.
public enum EffectClass: Int, Hashable, Sendable, Comparable {
    /// Computes only.
    case pure
    /// Asks the ledger, a provider or a file.
    case reads
    /// Changes something that can be changed back.
    case changes
    /// Costs money.
    case spends
    /// Cannot be taken back.
    case irreversible

    /// The order of mildness.
    public static func < (left: EffectClass, right: EffectClass) -> Bool { left.rawValue < right.rawValue }

    /// What a command of this class does, as a message says it.
    public var deed: String {
        switch self {
        case .pure: "only computes"
        case .reads: "asks the workspace or a provider"
        case .changes: "changes something"
        case .spends: "spends"
        case .irreversible: "does what cannot be taken back"
        }
    }

    /// The word that help shows.
    public var word: String {
        switch self {
        case .pure: "no effect"
        case .reads: "reads"
        case .changes: "changes"
        case .spends: "spends"
        case .irreversible: "irreversible"
        }
    }
}

/// One parameter of a command.
public struct Parameter: Hashable, Sendable {
    /// How it is given.
    public enum Form: Hashable, Sendable {
        /// By its place; an optional one at the end may be left out.
        case positional
        /// By its place, all that are left.
        case rest
        /// `--name value`
        case flag
        /// `--name`, without a value.
        case toggle
    }

    /// The name without dashes.
    public var name: String
    /// How it is given.
    public var form: Form
    /// What it takes.
    public var type: ValueType
    /// Whether a call without it is a fault.
    public var isRequired: Bool
    /// One line of help.
    public var help: String
    /// Other names that mean the same.
    public var aliases: [String]
    /// Whether an item that flows in and has this type binds here.
    public var isMain: Bool
    /// What completion offers in the place of what the type tells.
    public var offer: Offer?

    /// Values that are known without being the only ones that are right.
    public enum Offer: Hashable, Sendable {
        /// These words.
        case words([String])
        /// Files with one of these endings, such as `.csv`, in front of others.
        case files([String])
        /// The names of the profile's secrets, or those of the profiles.
        case secrets, profiles
    }

    /// Makes a parameter.
    public init(
        _ name: String, _ form: Form, _ type: ValueType, isRequired: Bool = false, isMain: Bool = false,
        aliases: [String] = [], offer: Offer? = nil, help: String
    ) {
        self.name = name
        self.form = form
        self.type = type
        self.isRequired = isRequired
        self.help = help
        self.aliases = aliases
        self.isMain = isMain
        self.offer = offer
    }
}

/// What the checker knows of one call when it asks for the call's type.
public struct CallTypes: Sendable {
    /// What flows in; `nothing` at the head of a pipeline.
    public var input: ValueType
    /// The parameters that the call gives.
    public var given: Set<String>
    /// The types of the values given, by parameter: what a slot of type `any` gets, and of others the slot's own.
    public var types: [String: ValueType]
    /// The texts that are written outright, by parameter.
    public var texts: [String: String]
    /// The field paths given, by parameter.
    public var fieldPaths: [String: [FieldPath]]
    /// The schema given, by parameter.
    public var schemas: [String: RecordType]

    /// Makes the knowledge of a call.
    public init(
        input: ValueType, given: Set<String> = [], types: [String: ValueType] = [:], texts: [String: String] = [:],
        fieldPaths: [String: [FieldPath]] = [:], schemas: [String: RecordType] = [:]
    ) {
        self.input = input
        self.given = given
        self.types = types
        self.texts = texts
        self.fieldPaths = fieldPaths
        self.schemas = schemas
    }
}

/// Why a command cannot take what flows in or what it is given, in one sentence.
public struct TypeFault: Error, Hashable, Sendable {
    /// The sentence.
    public var message: String
    /// A hint.
    public var help: String?
    /// The parameter whose argument is at fault; nil for the call as a whole.
    public var parameter: String?
    /// What kind of fault it is.
    public var fault: CheckFault

    /// Makes a fault.
    public init(
        _ message: String, help: String? = nil, at parameter: String? = nil, as fault: CheckFault = .cannotFlow
    ) {
        self.message = message
        self.help = help
        self.parameter = parameter
        self.fault = fault
    }
}
