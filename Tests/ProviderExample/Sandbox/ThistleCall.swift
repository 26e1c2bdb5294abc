import SwitchboardCore
import SwitchboardSandbox

/// One call of Thistle's API: what it is called, which number it is about, and what it does.
struct ThistleCall {
    let operation: String
    var number = ""
    let run: (inout NumberBook, Fault?) throws -> SandboxAnswer

    private init(
        _ operation: String, number: String = "", run: @escaping (inout NumberBook, Fault?) throws -> SandboxAnswer
    ) {
        (self.operation, self.number, self.run) = (operation, number, run)
    }

    /// Reads a request; nil for a path that leads nowhere.
    init?(_ request: SandboxRequest, account: String) {
        let path = request.path.split(separator: "/").map(String.init)
        let isOfAccount = path.starts(with: ["v1", "accounts", account, "numbers"]) && path.count <= 5
        let key = request.header("Idempotency-Key")
        switch (request.method, isOfAccount ? path.dropFirst(4).first : nil) {
        case ("GET", nil) where path == ["v1", "offers"]:
            self.init("SearchNumbers") { book, fault in
                let offers = book.forSale(areaCode: request.parameter("area_code"))
                return .json(Self.page(offers, request, fault, by: \.self) { .object(Self.offer($0)) })
            }
        case ("GET", nil) where isOfAccount:
            self.init("ListNumbers") { book, fault in
                .json(Self.page(book.held, request, fault, by: \.e164, Self.json))
            }
        case ("GET", let number?):
            self.init("GetNumber", number: number) { book, _ in
                guard let held = book.held(number) else { throw Self.noSuchNumber }
                return .json(Self.json(held))
            }
        case ("POST", nil) where isOfAccount:
            let number = (try? JSON(reading: request.body))?["number"]?.text ?? ""
            self.init("BuyNumber", number: number) { book, fault in
                try book.once(key) { book in (201, Self.json(try Self.buy(number, from: &book, fault))) }
            }
        case ("DELETE", let id?):
            self.init("GiveUpNumber") { book, _ in
                try book.once(key) { book in
                    guard let released = book.release(id: id) else { throw Self.noSuchNumber }
                    return (200, Self.json(released))
                }
            }
        default: return nil
        }
    }

    private static let noSuchNumber = ThistleRefusal(404, "no_such_number", "the account has no such number")

    private static func buy(_ number: String, from book: inout NumberBook, _ fault: Fault?) throws -> NumberBook.Entry {
        let gone = ThistleRefusal(409, "number_gone", "\(number) is not for sale")
        if fault?.kind == .taken { throw gone }
        do { return try book.buy(number) } catch {
            throw error == .isHeld ? ThistleRefusal(409, "number_yours", "the account has \(number) already") : gone
        }
    }

    // MARK: Forms

    /// Twenty behind the cursor, which is the last number of the page before; under the fault `endless` the first ones.
    private static func page<Item>(
        _ all: some Sequence<Item>, _ request: SandboxRequest, _ fault: Fault?, by name: (Item) -> String,
        _ json: (Item) -> JSON
    ) -> JSON {
        let isEndless = fault?.kind == .endless
        let cursor = isEndless ? "" : request.parameter("cursor") ?? ""
        var items: [Item] = []
        for item in all where name(item) > cursor {
            items.append(item)
            if items.count > 20 { break }
        }
        let page = items.prefix(20)
        let next = items.count > 20 || isEndless ? page.last.map(name) ?? "again" : nil
        return ["numbers": .array(page.map(json)), "next": .optional(next)]
    }

    private static func json(_ entry: NumberBook.Entry) -> JSON {
        let state: JSON = entry.isReleased ? "released" : "ready"
        return .object([.init("id", .string(entry.id))] + offer(entry.e164) + [.init("state", state)])
    }

    private static func offer(_ number: String) -> [JSON.Member] {
        let city = E164(number)?.locality
        return [
            .init("number", .string(number)), .init("city", .optional(city)), .init("monthly_price", "1.50"),
        ]
    }
}
