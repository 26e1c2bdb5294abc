import SwitchboardCore
import SwitchboardEngine

/// Asks several providers, so that one which cannot be asked holds up none of the others.
struct Asking {
    private let run: RunSession
    /// The first that could not be asked decides how the command ends.
    private var failure: SwitchboardError?

    init(_ run: RunSession) { self.run = run }

    /// The providers whose accounts hold numbers of the workspace; those that the profile has no settings for are left
    /// out where nobody names one.
    func sources(only named: String?) -> [String] {
        if let named { return [named] }
        return run.registry.providerNames.filter { name in
            guard run.registry.plugins[name]?.isSource == true else { return false }
            do { _ = try run.providers.provider(name) } catch let error as SwitchboardError
                where error.code == .unauthorized
            {
                return false
            } catch { return true }
            return true
        }
    }

    /// Asks one; an error is told, and kept for the end.
    mutating func each(_ name: String, _ question: () throws -> Void) throws {
        do { try question() } catch {
            let error = SwitchboardError(wrapping: error)
            if error.code == .cancelled { throw error }
            run.note("\(name): \(error.message)")
            failure = failure ?? error
        }
    }

    /// Throws the first error, after what is known of the others is shown.
    func end(showing known: [Value]) throws {
        guard let failure else { return }
        if !known.isEmpty { run.show(.list(known)) }
        throw failure
    }
}

extension RunSession {
    /// The numbers that a provider's account holds.
    func owned(at name: String) throws -> [OwnedNumber] {
        let provider = try providers.provider(name)
        return try ask { try await provider.ownedNumbers(OwnedNumberFilter()) }
    }
}
