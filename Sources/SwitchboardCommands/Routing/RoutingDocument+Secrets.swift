import SwitchboardCore
import SwitchboardEngine

/// How the secrets of a journaled document come back to it.
extension RoutingDocument {
    /// Takes the secrets that an effect refers to, by their paths.
    mutating func take(_ references: [String: SecretReference], from world: EffectWorld) throws {
        for (path, reference) in references { secrets[path] = try world.secret(reference) }
    }

    /// Takes over secrets of what is there.
    mutating func keep(_ paths: Set<String>, of other: RoutingDocument) {
        for path in paths { secrets[path] = other.secrets[path] }
    }

    /// Where it has secrets, be they withheld.
    var secretPaths: Set<String> { withheld.union(secrets.keys) }
}

extension RoutingChange {
    /// Takes the secrets that an effect refers to, by their paths.
    mutating func take(_ references: [String: SecretReference], from world: EffectWorld) throws {
        for (path, reference) in references { secrets[path] = try world.secret(reference) }
    }
}
