import SwitchboardCore
import Synchronization

/// What one case works with: the provider's account, numbers to buy there, and the memory of what is to be put away.
final class ContractBench: Sendable {
    /// Something that a case has made.
    private struct Made: Sendable {
        var name: String
        var putAway: @Sendable () async throws -> Void
    }

    /// The numbers that a search has found, and those of them that were taken.
    private struct Shelf: Sendable {
        var left: [AvailableNumber] = []
        var taken: Set<E164> = []

        /// The last one, since others that want a number take the first.
        mutating func take() -> AvailableNumber? {
            guard let next = left.popLast() else { return nil }
            taken.insert(next.e164)
            return next
        }

        /// Puts those there that were not taken; false for none.
        mutating func put(_ found: [AvailableNumber]) -> Bool {
            left = found.filter { !taken.contains($0.e164) }
            return !left.isEmpty
        }
    }

    let subject: ContractSubject
    private let made = Mutex<[Made]>([])
    private let shelf = Mutex(Shelf())
    private let strangers = Mutex<Set<String>>([])

    init(_ subject: ContractSubject) { self.subject = subject }

    var manifest: ProviderManifest { subject.manifest }
    /// The registered name.
    var name: String { manifest.name }
    /// A country whose numbers the provider offers.
    var country: String { manifest.countries.first ?? "US" }

    // MARK: Numbers

    /// A number of the exchange that is kept free for fiction, which nobody holds.
    static let nobody = E164("+12125550199")

    func nobody() throws -> E164 { try require(Self.nobody, "the suite has no number that nobody holds") }

    /// A number for fiction, of no account, that this case has not had yet: two trunks may not list one number.
    func strangersNumber() -> String {
        strangers.withLock { given in
            while true {
                let number = "+1\(Int.random(in: 201...989))55501\(Int.random(in: 10...99))"
                if given.insert(number).inserted { return number }
            }
        }
    }

    /// A number for sale that this case has not had yet, and that the account does not hold.
    func numberForSale() async throws -> AvailableNumber {
        let trial = try subject.trial()
        while true {
            while let next = shelf.withLock({ $0.take() }) {
                if try await trial.provider.lookUp(next.e164) == nil { return next }
            }
            let wanted = shelf.withLock(\.taken.count) + 30
            let found = try await trial.searching.search(NumberQuery(countryCode: country, limit: wanted))
            guard shelf.withLock({ $0.put(found) }) else { throw ContractSkip("no number of \(country) is for sale") }
        }
    }

    /// What the account holds under the number, as a provider without faults tells it.
    func held(_ number: E164) async throws -> OwnedNumber? { try await subject.trial().provider.lookUp(number) }

    /// A number of the account's, bought for the case and given up behind it.
    func boughtNumber() async throws -> OwnedNumber {
        let number = try await numberForSale().e164
        giveUpLater(number)
        return try await subject.trial().purchasing.purchase(number, key: key("buy-\(number)"))
    }

    /// Has the number given up at the end, should the account hold it then.
    func giveUpLater(_ number: E164) {
        later(number.text) { [subject] in
            let provider = try subject.trial().purchasing
            guard let held = try await provider.lookUp(number) else { return }
            try await provider.release(held, key: "contract-put-away-\(held.providerID)")
        }
    }

    /// A key of this bench alone.
    func key(_ words: String) -> String { "contract-\(words)-\(UInt32.random(in: .min ... .max))" }

    // MARK: What is put away

    /// Remembers how something that the case has made is put away; what is there no more is as good.
    func later(_ name: String, _ putAway: @escaping @Sendable () async throws -> Void) {
        made.withLock { $0.append(Made(name: name, putAway: putAway)) }
    }

    /// Puts everything away, the last first; returns what stays.
    func putAway() async -> [String] {
        var left: [String] = []
        while let last = made.withLock({ $0.popLast() }) {
            do { try await last.putAway() } catch let error as SwitchboardError where error.code == .notFound {
                continue
            } catch { left.append("\(last.name) (\(SwitchboardError(wrapping: error).message))") }
        }
        return left
    }
}
