import FoundationEssentials
import SwitchboardCore

/// A number as LiveKit writes it, read with all the tolerance that its contract asks for.
struct PhoneNumber: Sendable {
    let json: JSON

    var id: String { json.text("id") }
    var e164: E164? { E164(json.text("e164_format")) }
    private var capabilities: [String] { json.texts("capabilities") }
    private var releasedAt: Date? { WireTime.date(json.text("released_at")) }

    /// The dispatch rules that name the number; older servers tell the first only.
    private var ruleIDs: [String] {
        let rules = json.texts("sip_dispatch_rule_ids")
        let first = json.text("sip_dispatch_rule_id")
        return rules.isEmpty && !first.isEmpty ? [first] : rules
    }

    /// The number as one for sale; nil where it is no number.
    var available: AvailableNumber? {
        guard let e164 else { return nil }
        let place = Place(of: self, e164)
        return AvailableNumber(
            provider: LiveKitProvider.name, e164: e164, countryCode: place.country, areaCode: place.area,
            numberType: numberType(of: e164), locality: place.locality, region: place.region, capabilities: capabilities
        )
    }

    /// The number as one that the project holds; nil where the number or its id is missing.
    var owned: OwnedNumber? {
        guard let e164, !id.isEmpty else { return nil }
        let place = Place(of: self, e164)
        return OwnedNumber(
            provider: LiveKitProvider.name, providerID: id, e164: e164, status: numberStatus,
            countryCode: place.country, areaCode: place.area, numberType: numberType(of: e164),
            locality: place.locality,
            region: place.region, capabilities: capabilities, dispatchRuleIDs: ruleIDs, releasedAt: releasedAt)
    }

    /// The status; one that this client does not know is told from what else is known.
    private var numberStatus: NumberStatus {
        WireEnum.numberStatus.meaning(of: json.field("status"))
            ?? (releasedAt != nil ? .released : ruleIDs.isEmpty ? .offline : .active)
    }

    private func numberType(of e164: E164) -> NumberType {
        WireEnum.numberType.meaning(of: json.field("number_type")) ?? e164.numberType
    }
}

/// Where a number belongs, filled up from the number itself where LiveKit's answer is sparse.
private struct Place {
    var country: String
    var area: String?
    var locality: String?
    var region: String?

    init(of number: PhoneNumber, _ e164: E164) {
        func told(_ name: String) -> String? {
            let text = number.json.text(name)
            return text.isEmpty ? nil : text
        }
        country = told("country_code") ?? e164.region ?? "US"
        area = told("area_code") ?? e164.areaCode
        locality = told("locality") ?? e164.locality
        region = told("region") ?? e164.state
    }
}
