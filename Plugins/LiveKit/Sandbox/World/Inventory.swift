import SwitchboardCore
import SwitchboardSandbox

/// The numbers that exist to be bought: lines 0100 to 0149 of exchange 555 in every area, always the same.
///
/// The wide inventory opens exchanges 550 to 599, which is 50 times as many; the lines stay the same, so that no
/// number of another emulator, which sells other lines, is ever offered here.
struct Inventory: Sendable {
    private static let lines = 100..<150
    private let areas: [USArea]
    private let exchanges: ClosedRange<Int>
    private let byCode: [Substring: USArea]
    /// What the numbers of an area have in common.
    private let offers: [Substring: ProtoMessage]

    init(_ size: EmulatorContext.Inventory) {
        areas = NumberingPlan.usAreas.sorted { $0.areaCode < $1.areaCode }
        exchanges = size == .wide ? 550...599 : 555...555
        byCode = Dictionary(areas.map { (Substring($0.areaCode), $0) }, uniquingKeysWith: { first, _ in first })
        offers = byCode.mapValues(Self.offer)
    }

    private static func offer(in area: USArea) -> ProtoMessage {
        var message = elsewhere
        message.set("country_code", "US")
        message.set("area_code", area.areaCode)
        message["number_type"] = .enumeration(2)
        message.set("locality", (area.locality ?? "").uppercased())
        message.set("region", area.state)
        return message
    }

    private static let elsewhere: ProtoMessage = {
        var message = ProtoMessage(PhoneNumberSchemas.number)
        message.set("capabilities", ["voice"])
        return message
    }()

    /// The number as LiveKit offers it; one of no area is told without its place.
    func offer(_ e164: String) -> ProtoMessage {
        var message = areaCode(of: e164).flatMap { offers[$0] } ?? Self.elsewhere
        message.set("e164_format", e164)
        return message
    }

    /// How many numbers an area has.
    var areaSize: Int { exchanges.count * Self.lines.count }

    /// The area of a US number; nil for any other.
    func area(of e164: String) -> USArea? { areaCode(of: e164).flatMap { byCode[$0] } }

    private func areaCode(of e164: String) -> Substring? {
        guard e164.hasPrefix("+1"), e164.utf8.count == 12 else { return nil }
        return e164.dropFirst(2).prefix(3)
    }

    /// Whether the number is one of the inventory, sold or not.
    func contains(_ e164: String) -> Bool {
        guard E164(e164) != nil, area(of: e164) != nil, let exchange = Int(e164.dropFirst(5).prefix(3)),
            let line = Int(e164.suffix(4))
        else { return false }
        return exchanges.contains(exchange) && Self.lines.contains(line)
    }

    /// The unsold numbers from an offset on, in ascending order, and how many there are in all.
    ///
    /// `soldIn` says how many of an area's numbers are sold, so that areas before the offset are not walked.
    func unsold(
        areaCode: String?, offset: Int, limit: Int, soldIn: (String) -> Int, isSold: (String) -> Bool
    ) -> (numbers: [String], total: Int) {
        var numbers: [String] = []
        var total = 0
        for area in areaCode.map({ byCode[Substring($0)].map { [$0] } ?? [] }) ?? areas {
            let free = areaSize - soldIn(area.areaCode)
            let skip = max(0, offset - total)
            total += free
            if skip >= free || numbers.count == limit { continue }
            numbers += all(in: area).filter { !isSold($0) }.dropFirst(skip).prefix(limit - numbers.count)
        }
        return (numbers, total)
    }

    private func all(in area: USArea) -> some Sequence<String> {
        exchanges.lazy.flatMap { exchange in
            Self.lines.lazy.map { line in "+1\(area.areaCode)\(exchange)0\(line)" }
        }
    }
}
