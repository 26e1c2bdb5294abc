public import SwitchboardCore
import SwitchboardHTTP

extension TemplateProvider: NumberSearching {
    /// Returns numbers for sale in the vendor's order.
    public func search(_ query: NumberQuery) async throws -> [AvailableNumber] { throw Self.notWritten("searching") }
}
