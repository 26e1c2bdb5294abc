/// A file in which the vendor's own tool keeps accounts, and from which `connect` can take a profile's settings.
public struct SettingsFile: Sendable {
    /// The flag of `connect` that asks for the file, such as `from-lk`.
    public var flag: String
    /// Where it is, from the home folder on, such as `.livekit/cli-config.yaml`.
    public var path: String
    /// What one account is called there, such as `project`; also the flag of `connect` that names one.
    public var entryWord: String
    /// What the user types to have an account in the file, such as `lk project add`.
    public var maker: String
    /// Reads the accounts in the order of the file; throws `invalid_argument` with what is wrong with the text, and no
    /// word of it.
    public var entries: @Sendable (_ bytes: [UInt8]) throws -> [Entry]

    /// Makes a settings file.
    public init(
        flag: String, path: String, entryWord: String, maker: String,
        entries: @escaping @Sendable (_ bytes: [UInt8]) throws -> [Entry]
    ) {
        self.flag = flag
        self.path = path
        self.entryWord = entryWord
        self.maker = maker
        self.entries = entries
    }

    /// One account of the file.
    public struct Entry: Sendable {
        /// The name that the vendor's tool knows it by.
        public var name: String
        /// Whether the tool takes it where none is named.
        public var isDefault: Bool
        /// The settings that it holds, by the names of the manifest; those that are missing are not there.
        public var settings: ProviderSettings

        /// Makes an account.
        public init(name: String, isDefault: Bool = false, settings: ProviderSettings) {
            self.name = name
            self.isDefault = isDefault
            self.settings = settings
        }
    }
}
