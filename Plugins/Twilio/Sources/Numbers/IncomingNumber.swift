import FoundationEssentials
import SwitchboardCore

/// A number that the account holds, as Twilio writes it.
struct IncomingNumber: Sendable {
    let json: JSON
    let sid: String
    let e164: E164

    /// Reads a number; nil where the number or its id is missing.
    init?(_ json: JSON) {
        guard let sid = json.words("sid"), let e164 = json.words("phone_number").flatMap(E164.init) else { return nil }
        self.json = json
        self.sid = sid
        self.e164 = e164
    }

    /// The number as one that the account holds; place and area are told from the number itself.
    var owned: OwnedNumber {
        OwnedNumber(
            provider: TwilioProvider.name, providerID: sid, e164: e164, status: route == .nowhere ? .offline : .active,
            countryCode: e164.region ?? "", areaCode: e164.areaCode, numberType: numberType, locality: e164.locality,
            region: e164.state, capabilities: Capabilities.names(in: json))
    }

    /// The number as one whose calls can be led elsewhere.
    var carrierNumber: CarrierNumber {
        CarrierNumber(
            id: sid, e164: e164, kind: .fullNumber, hasVoice: Capabilities.names(in: json).contains("voice"),
            route: route)
    }

    /// Where its calls go: a trunk wins over an application, and that over a webhook.
    var route: CarrierNumber.Route {
        if let trunk = json.words("trunk_sid") { return .trunk(trunk) }
        if let application = json.words("voice_application_sid") { return .application(application) }
        return voiceURL.isEmpty ? .nowhere : .webhook
    }

    /// Where Twilio asks what to do with a call; empty for nowhere.
    var voiceURL: String { json.words("voice_url") ?? "" }

    /// Whether it was in the account long before it was last changed: a purchase that is answered with it bought nothing.
    ///
    /// A purchase with all its repetitions is over within ten minutes.
    var isOld: Bool {
        guard let created = json.words("date_created").flatMap({ TwilioDate(text: $0).date }),
            let updated = json.words("date_updated").flatMap({ TwilioDate(text: $0).date })
        else { return false }
        return updated.timeIntervalSince(created) > 600
    }

    private var numberType: NumberType {
        switch json.words("type")?.lowercased() {
        case "local": .local
        case "mobile": .mobile
        case "toll-free", "tollfree", "toll_free": .tollFree
        default: e164.numberType
        }
    }
}
