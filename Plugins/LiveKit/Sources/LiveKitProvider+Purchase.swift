public import SwitchboardCore

extension LiveKitProvider: NumberPurchasing {
    /// Buys the number in the profile's project.
    ///
    /// LiveKit's answer is sparse, so the number is read again; where that fails, the purchase stands and the number
    /// is returned with what its answer and the number itself tell.
    public func purchase(_ number: E164, key: String) async throws -> OwnedNumber {
        let bought: PhoneNumber
        do {
            bought = try await calls.purchase(number, key: key)
        } catch let error as SwitchboardError {
            throw Self.purchaseError(error, number)
        }
        let sparse = calls.owned(bought)
        do {
            if let full = try await calls.held(number) { return full }
        } catch {
            calls.note("\(number) is bought and could not be read again: \(SwitchboardError(wrapping: error))")
        }
        guard let sparse else {
            throw SwitchboardError(
                .badAnswer, "livekit sold \(number) and told no id of it", help: "look at it with: numbers --refresh",
                provider: Self.name, mayHaveHappened: true)
        }
        return sparse
    }

    /// Gives the number up by its LiveKit id.
    public func release(_ number: OwnedNumber, key: String) async throws {
        do {
            try await calls.release(number, key: key)
        } catch var error as SwitchboardError {
            if error.code == .notFound { error.message = "the project holds no number \(number.e164)" }
            throw error
        }
    }

    private static func purchaseError(_ error: SwitchboardError, _ number: E164) -> SwitchboardError {
        var error = error
        switch error.code {
        case .taken:
            error.message = "\(number) is no longer for sale at livekit"
            error.help = "search again and choose another number"
        case .alreadyOwned:
            error.message = "the livekit project holds \(number) already"
        default: break
        }
        return error
    }
}
