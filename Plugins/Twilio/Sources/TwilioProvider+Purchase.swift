public import SwitchboardCore

extension TwilioProvider: NumberPurchasing {
    /// Buys the number in the profile's account.
    ///
    /// Twilio answers the purchase of a number that the account holds with 201 as well, and with no sign of it but the
    /// dates, so the account is asked first. It knows no keys: a lost answer is settled by asking, and a purchase is
    /// repeated only where the account does not hold the number.
    public func purchase(_ number: E164, key: String) async throws -> OwnedNumber {
        guard try await numberCalls.incoming(number) == nil else { throw Self.alreadyOwned(number) }
        let bought: IncomingNumber
        do { bought = try await numberCalls.buy(number) } catch var error as SwitchboardError {
            switch error.code {
            case .taken:
                error.message = "\(number) is no longer for sale at twilio"
                error.help = "search again and choose another number"
            case .conflict, .forbidden, .paymentRequired:
                error.message = error.message.replacing("CreateIncomingPhoneNumber", with: "to sell \(number)")
            default: break
            }
            throw error
        }
        guard !bought.isOld else { throw Self.alreadyOwned(number) }
        return bought.owned
    }

    /// Gives the number up by its Twilio id; a verified caller id is not among the numbers that can be.
    public func release(_ number: OwnedNumber, key: String) async throws {
        let sid =
            number.providerID.isEmpty ? try await numberCalls.incoming(number.e164)?.sid : Optional(number.providerID)
        guard let sid, try await numberCalls.release(sid: sid) else {
            throw SwitchboardError(.notFound, "the account holds no number \(number.e164)", provider: Self.name)
        }
    }

    private static func alreadyOwned(_ number: E164) -> SwitchboardError {
        SwitchboardError(
            .alreadyOwned, "the twilio account holds \(number) already", help: "nothing was bought", provider: name)
    }
}
