import FoundationEssentials
import SwitchboardCore

/// A number as LiveKit writes it, read with all the tolerance that its contract asks for.
struct PhoneNumber: Decodable {
    var id: String
    var e164: E164?
    var countryCode: String
    var areaCode: String
    var type: JSONValue?
    var locality: String
    var region: String
    var capabilities: [String]
    var status: JSONValue?
    var ruleIDs: [String]
    var releasedAt: Date?

    init(from decoder: any Decoder) throws {
        let reader = try WireReader(decoder)
        id = reader.text("id")
        e164 = E164(reader.text("e164_format"))
        countryCode = reader.text("country_code")
        areaCode = reader.text("area_code")
        type = reader.value("number_type")
        locality = reader.text("locality")
        region = reader.text("region")
        capabilities = reader.value("capabilities") ?? []
        status = reader.value("status")
        let rules: [String] = reader.value("sip_dispatch_rule_ids") ?? []
        let firstRule = reader.text("sip_dispatch_rule_id")
        ruleIDs = rules.isEmpty && !firstRule.isEmpty ? [firstRule] : rules
        releasedAt = WireTime.date(reader.text("released_at"))
    }

    /// The number as one for sale; nil where it is no number.
    var available: AvailableNumber? {
        guard let e164 else { return nil }
        let place = Place(of: self, e164)
        return AvailableNumber(
            provider: LiveKitProvider.name, e164: e164, countryCode: place.country, areaCode: place.area,
            numberType: numberType, locality: place.locality, region: place.region, capabilities: capabilities)
    }

    /// The number as one that the project holds; nil where the number or its id is missing.
    var owned: OwnedNumber? {
        guard let e164, !id.isEmpty else { return nil }
        let place = Place(of: self, e164)
        return OwnedNumber(
            provider: LiveKitProvider.name, providerID: id, e164: e164, status: numberStatus,
            countryCode: place.country, areaCode: place.area, numberType: numberType, locality: place.locality,
            region: place.region, capabilities: capabilities, dispatchRuleIDs: ruleIDs, releasedAt: releasedAt)
    }

    /// The status; one that this client does not know is told from what else is known.
    var numberStatus: NumberStatus {
        switch WireEnum.name(status, prefix: "PHONE_NUMBER_STATUS_", byNumber: WireEnum.statuses) {
        case "ACTIVE": .active
        case "PENDING": .pending
        case "RELEASED": .released
        case "OFFLINE": .offline
        default: releasedAt != nil ? .released : ruleIDs.isEmpty ? .offline : .active
        }
    }

    private var numberType: NumberType {
        switch WireEnum.name(type, prefix: "PHONE_NUMBER_TYPE_", byNumber: WireEnum.types) {
        case "MOBILE": .mobile
        case "LOCAL": .local
        case "TOLL_FREE": .tollFree
        default: e164?.numberType ?? .unknown
        }
    }
}

/// Where a number belongs, filled up from the number itself where LiveKit's answer is sparse.
private struct Place {
    var country: String
    var area: String?
    var locality: String?
    var region: String?

    init(of number: PhoneNumber, _ e164: E164) {
        country = number.countryCode.isEmpty ? e164.region ?? "US" : number.countryCode
        area = number.areaCode.isEmpty ? e164.areaCode : number.areaCode
        locality = number.locality.isEmpty ? e164.locality : number.locality
        region = number.region.isEmpty ? e164.state : number.region
    }
}
