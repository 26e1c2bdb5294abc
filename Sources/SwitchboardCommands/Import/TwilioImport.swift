import SwitchboardCore
import SwitchboardEngine

/// Numbers of the customer's own Twilio account.
struct TwilioImport: ImportSource {
    let name = "twilio"
    let takes = ["account"]
    let absence: String? = "this version imports no numbers from Twilio accounts yet"

    /// Never reached, since the check and the row both refuse it.
    func obtain(_ row: ImportRow, _ run: RunSession) throws {
        throw SwitchboardError(.unsupported, absence ?? "", provider: name)
    }
}
