import FoundationEssentials
import SwitchboardCommands
import SwitchboardCore
import SwitchboardEngine
import SwitchboardLanguage
import SwitchboardStore
import SwitchboardTestKit
import Synchronization
import Testing

/// A shop whose answers get lost while it is still at work.
@Suite struct LateEffectTests {
    /// The request is lost, its repetition is refused because the number is being sold, and then the first one lands.
    @Test func aNumberThatIsSoldToUsLateIsNotBoughtTwice() async throws {
        let shop = try Shop(landsAfter: .seconds(3))
        let report = try await shop.run("search shop | first | purchase")
        #expect(report.status == .succeeded)
        #expect(shop.sold == ["+14155550100"])
        #expect(try shop.ledger() == ["+14155550100"])
    }

    /// A gateway's 504 says that the server has not answered in time, not that it has given up.
    @Test func aNumberThatIsSoldBehindAGatewaysBackIsKept() async throws {
        let shop = try Shop(landsAfter: .seconds(3), status: 504)
        let report = try await shop.run("purchase +14155550100 --provider shop")
        #expect(report.status == .succeeded)
        #expect(try shop.ledger() == ["+14155550100"])
    }
}

/// A shop whose first sale takes place some seconds after its request was given up; its world is the transport that the
/// engine hands the provider.
private final class Shop: Sendable {
    private struct Order {
        var number: String
        var lands: Date
    }

    private let orders = Mutex<[Order]>([])
    private let clock = ManualClock(skipsWaits: true)
    private let delay: Duration
    private let firstStatus: Int
    private let store: SQLiteStore

    init(landsAfter delay: Duration, status: Int = ShopProvider.lostThenRefused) throws {
        self.delay = delay
        firstStatus = status
        let folder = FileManager.default.temporaryDirectory.appending(path: "shop-\(UUID())").path()
        store = try SQLiteStore.open(directory: folder)
    }

    func run(_ text: String) async throws -> RunReport {
        let transport = ScriptedTransport { [self] request in .text(status(of: request), "") }
        let engine = Engine(
            registry: try Registry(plugins: [Plugin(provider: ShopProvider.self)], commands: BuiltIns.commands),
            store: store, host: Host(transport: transport, time: clock.time, sandbox: { throw CancellationError() }))
        let profile = Profile(name: "env", origin: .environment([:]))
        let request = Engine.Request(source: SourceText(name: "-c", text: text), profile: profile)
        return await onOwnThread { engine.run(request) { _ in } }
    }

    /// What the account pays for in the end.
    var sold: [String] { orders.withLock { $0.map(\.number) } }
    /// What the workspace knows of.
    func ledger() throws -> [String] { try store.numbers(profile: "env").map(\.e164.text) }

    private func status(of request: HTTPRequest) -> Int {
        let number = String(decoding: request.body, as: UTF8.self)
        let now = clock.now
        return orders.withLock { orders in
            let order = orders.first { $0.number == number }
            let isHeld = order.map { $0.lands <= now } ?? false
            if request.url.hasSuffix("/get") { return isHeld ? 200 : 404 }
            guard order == nil else { return isHeld ? 409 : 404 }
            let isFirst = orders.isEmpty
            orders.append(Order(number: number, lands: isFirst ? now.addingTimeInterval(delay / .seconds(1)) : now))
            return isFirst ? firstStatus : 200
        }
    }
}

private struct ShopProvider: NumberSearching, NumberPurchasing {
    /// The pretended status of a lost request whose repetition was refused with 404.
    static let lostThenRefused = 404_000

    static let manifest = ProviderManifest(
        name: "shop", displayName: "Shop", summary: "sells late", settings: [],
        capabilities: [.search: .yes("all"), .purchase: .yes("late"), .release: .yes("never asked")], idKinds: [],
        countries: ["US"], limits: RequestLimits(), idempotency: .none, settleTime: .seconds(30))

    let context: ProviderContext

    init(context: ProviderContext) { self.context = context }

    func search(_ query: NumberQuery) async throws -> [AvailableNumber] {
        ["+14155550100", "+14155550101"].compactMap { E164($0) }
            .map { AvailableNumber(provider: "shop", e164: $0, countryCode: "US") }
    }

    func ownedNumbers(_ filter: OwnedNumberFilter) async throws -> [OwnedNumber] { [] }

    func lookUp(_ number: E164) async throws -> OwnedNumber? {
        try await ask("get", number) == 200 ? held(number) : nil
    }

    func purchase(_ number: E164, key: String) async throws -> OwnedNumber {
        switch try await ask("buy", number) {
        case 200: return held(number)
        case Self.lostThenRefused:
            throw SwitchboardError(.taken, "gone", status: 404, mayHaveHappened: true, attempts: 2)
        case 404: throw SwitchboardError(.taken, "gone", status: 404, attempts: 1)
        case 409: throw SwitchboardError(.alreadyOwned, "yours", status: 409, attempts: 1)
        case let status: throw SwitchboardError(.unreachable, "?", status: status, mayHaveHappened: true, attempts: 1)
        }
    }

    func release(_ number: OwnedNumber, key: String) async throws {}

    private func ask(_ path: String, _ number: E164) async throws -> Int {
        try await context.transport.send(HTTPRequest("POST", "https://shop/" + path, body: Array(number.text.utf8)))
            .status
    }

    private func held(_ number: E164) -> OwnedNumber {
        OwnedNumber(provider: "shop", providerID: "1", e164: number, status: .active, countryCode: "US")
    }
}
