public import SwitchboardCore
import SwitchboardHTTP

extension TemplateProvider: NumberPurchasing {
    /// Buys exactly this number.
    public func purchase(_ number: E164, key: String) async throws -> OwnedNumber { throw Self.notWritten("buying") }

    /// Gives the number up by the vendor's id.
    public func release(_ number: OwnedNumber, key: String) async throws { throw Self.notWritten("releasing") }
}
