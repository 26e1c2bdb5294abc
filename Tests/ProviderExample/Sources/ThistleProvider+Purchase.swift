public import SwitchboardCore
import SwitchboardHTTP

extension ThistleProvider: NumberPurchasing {
    /// Buys the number; Thistle knows a repeated purchase by its key and refuses one of a number that the account holds.
    public func purchase(_ number: E164, key: String) async throws -> OwnedNumber {
        try await service.change("BuyNumber", "POST", path(), ["number": .string(number.text)], key: key) { json in
            Self.owned(json).flatMap { $0.e164 == number ? $0 : nil }
        }
    }

    /// Gives the number up by its Thistle id.
    public func release(_ number: OwnedNumber, key: String) async throws {
        try await service.change("GiveUpNumber", "DELETE", path(number.providerID), key: key) { _ in () }
    }
}
