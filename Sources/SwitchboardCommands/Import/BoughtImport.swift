import SwitchboardCore
import SwitchboardEngine

/// Numbers that their provider sells: an import buys.
struct BoughtImport: ImportSource {
    /// The provider.
    let name: String

    /// Buys the number; one that the account holds already is never taken for a purchase.
    func obtain(_ row: ImportRow, _ run: RunSession) throws {
        let offer = AvailableNumber(provider: name, e164: row.e164, countryCode: row.e164.region ?? "")
        do { try PurchaseEffect.carryOut(offer, label: row.label, run) } catch {
            let failure = SwitchboardError(wrapping: error)
            throw [.taken, .alreadyOwned].contains(failure.code) ? failure.about("e164") : failure
        }
    }
}
