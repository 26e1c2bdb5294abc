/// Which of the store's secrets a command may need: where they are locked with a passphrase, it is asked for before the
/// script's first effect, and never for a script that needs none.
public enum SecretNeed: Sendable {
    /// None.
    case nothing
    /// Those of the profile's accounts, since it asks a provider.
    case accounts
    /// Any, since it stores or reads secrets itself.
    case any
}
