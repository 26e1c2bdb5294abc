import SwitchboardCore

/// What a search asks for (contract section 2); all of it has to hold.
struct NumberFilter: Sendable {
    private let pattern: NumberPattern?
    private let tests: [@Sendable (NumberPool) -> Bool]

    /// Reads the parameters; throws for a pattern or a place that makes no sense.
    init(_ parameters: Parameters) throws(TwilioError) {
        let contains = parameters["Contains"] ?? ""
        pattern = contains.isEmpty ? nil : try NumberPattern(contains: contains)
        tests =
            Self.capabilities(parameters) + Self.addresses(parameters) + (try Self.area(parameters))
            + (try Self.places(parameters)) + (try Self.nearness(parameters))
    }

    func passes(_ pool: NumberPool) -> Bool { tests.allSatisfy { $0(pool) } }

    func passes(_ e164: String) -> Bool { pattern?.matches(e164) ?? true }

    private typealias Test = @Sendable (NumberPool) -> Bool

    /// Every number has voice and text messages, only those of the US pictures too; fax is asked for in vain.
    private static func capabilities(_ parameters: Parameters) -> [Test] {
        ["VoiceEnabled", "SmsEnabled", "MmsEnabled"].compactMap { name -> Test? in
            guard let wanted = parameters.bool(name) else { return nil }
            return { pool in (name != "MmsEnabled" || pool.country == "US") == wanted }
        }
    }

    private static func addresses(_ parameters: Parameters) -> [Test] {
        let words = [
            "ExcludeAllAddressRequired": ["any", "local", "foreign"], "ExcludeLocalAddressRequired": ["local"],
            "ExcludeForeignAddressRequired": ["foreign"],
        ]
        return words.filter { parameters.bool($0.key) == true }.map { _, words in
            { !words.contains($0.requirement.word) }
        }
    }

    private static func area(_ parameters: Parameters) throws(TwilioError) -> [Test] {
        guard let code = parameters["AreaCode"], !code.isEmpty else { return [] }
        guard code.count == 3, Int(code) != nil else { throw TwilioError(21451, "\(code) is not a valid area code.") }
        return [american { $0.area == code }]
    }

    private static func places(_ parameters: Parameters) throws(TwilioError) -> [Test] {
        if parameters["InRateCenter"]?.isEmpty == false, parameters["InLata"]?.isEmpty != false {
            throw TwilioError(20001, "InRateCenter needs InLata.")
        }
        func test(_ name: String, _ value: @escaping @Sendable (Place) -> String?) -> Test? {
            guard let wanted = parameters[name], !wanted.isEmpty else { return nil }
            let test: Test = { value($0.place)?.lowercased() == wanted.lowercased() }
            return name == "InLocality" ? test : american(test)
        }
        return [
            test("InLocality", \.locality), test("InRegion", \.region), test("InPostalCode", \.postalCode),
            test("InLata", \.lata), test("InRateCenter", \.rateCenter),
        ].compactMap { $0 }
    }

    /// Within `Distance` miles of a point, or of the place of a number.
    private static func nearness(
        _ parameters: Parameters
    ) throws(TwilioError) -> [Test] {
        let (point, number) = (parameters["NearLatLong"] ?? "", parameters["NearNumber"] ?? "")
        if point.isEmpty, number.isEmpty { return [] }
        guard let distance = Int(parameters["Distance"] ?? "25"), (0...500).contains(distance) else {
            throw TwilioError(20001, "Distance is a number from 0 to 500.")
        }
        let spot = try number.isEmpty ? spot(point) : spot(ofNumber: number)
        guard let spot else { return [american { _ in false }] }
        return [american { $0.place.miles(from: spot).map { $0 <= Double(distance) } ?? false }]
    }

    private static func spot(_ point: String) throws(TwilioError) -> (Double, Double)? {
        let parts = point.split(separator: ",").map { Double($0.filter { $0 != " " }) }
        guard parts.count == 2, let latitude = parts[0], let longitude = parts[1] else {
            throw TwilioError(20001, "NearLatLong is a latitude, a comma and a longitude.")
        }
        return (latitude, longitude)
    }

    /// Where the area of a US number is; nil for one whose place is not known.
    private static func spot(ofNumber e164: String) throws(TwilioError) -> (Double, Double)? {
        let isAmerican = e164.hasPrefix("+1") && e164.utf8.count == 12
        guard isAmerican, let area = NumberingPlan.area(String(e164.dropFirst(2).prefix(3))) else {
            throw TwilioError(21401, "\(e164) is not a valid North American number.")
        }
        return Place(area).spot
    }

    /// A test that numbers outside North America pass.
    private static func american(_ test: @escaping Test) -> Test {
        { $0.country != "US" || test($0) }
    }
}
