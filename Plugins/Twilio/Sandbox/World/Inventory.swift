import SwitchboardCore
import SwitchboardSandbox

/// The numbers that exist to be bought, always the same; all of them are kept free for fiction.
///
/// Of exchange 555 in every US area and behind every toll-free code, lines 0150 to 0199; of London and of British mobile
/// phones 50 numbers each. The wide inventory opens exchanges 550 to 599 of the US areas.
struct Inventory: Sendable {
    private let pools: [NumberPool]
    private let byStem: [Substring: Int]

    init(_ size: EmulatorContext.Inventory) {
        pools = Self.local(size == .wide ? 550...599 : 555...555) + Self.tollFree + Self.british
        byStem = Dictionary(
            zip(pools.map { Substring($0.stem) }, pools.indices), uniquingKeysWith: { first, _ in first })
    }

    private static func local(_ exchanges: ClosedRange<Int>) -> [NumberPool] {
        NumberingPlan.usAreas.flatMap { area in
            let place = Place(area)
            return exchanges.map { exchange in
                NumberPool(
                    country: "US", kind: .local, stem: "+1\(area.areaCode)\(exchange)0", area: area.areaCode,
                    place: place)
            }
        }
    }

    private static let tollFree = ["800", "833", "844", "855", "866", "877", "888"].map { (code: String) in
        NumberPool(country: "US", kind: .tollFree, stem: "+1\(code)5550", area: code)
    }

    private static let british = [
        NumberPool(
            country: "GB", kind: .local, stem: "+442079460", requirement: .address,
            place: Place(locality: "London", latitude: "51.507400", longitude: "-0.127800")),
        NumberPool(country: "GB", kind: .mobile, stem: "+447700900", requirement: .bundle),
    ]

    /// The countries with numbers.
    var countries: [String] { ["US", "GB"] }

    /// The pools of a country and a type, in the order of their numbers.
    func pools(country: String, _ kind: NumberPool.Kind) -> [NumberPool] {
        pools.filter { $0.country == country && $0.kind == kind }
    }

    /// The pool that the number belongs to, sold or not.
    func pool(of e164: String) -> NumberPool? {
        guard let line = Int(e164.suffix(3)), NumberPool.lines.contains(line) else { return nil }
        return byStem[e164.dropLast(3)].map { pools[$0] }
    }
}
