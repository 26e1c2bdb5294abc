import FoundationEssentials
import SwitchboardCore
import Testing

@Suite struct MoneyTests {
    private func money(_ text: String) throws -> Money { try #require(Money(text), "\(text)") }

    @Test(arguments: [
        ("2.00USD", "2.00USD"), ("2USD", "2.00USD"), ("2.5USD", "2.50USD"), ("0.0050USD", "0.0050USD"),
        ("0USD", "0.00USD"),
        ("1000JPY", "1000JPY"), ("1.5KWD", "1.500KWD"), ("12345678901234567890.12EUR", "12345678901234567890.12EUR"),
    ])
    func readsAndWrites(_ text: String, _ written: String) throws {
        #expect(try money(text).description == written)
    }

    @Test(arguments: [
        "", "USD", "2.00", "2.00 USD", "2.00usd", "2.00US", "2.00USDX", ".5USD", "2.USD", "$2.00USD", "-2.00USD",
        "+2USD",
        "1e3USD", "2,00USD", "2.00ÜSD",
    ])
    func refusesEverythingElse(_ text: String) {
        #expect(Money(text) == nil)
    }

    @Test func calculates() throws {
        #expect(try (money("1.10USD") + money("2.20USD")).description == "3.30USD")
        #expect(try (money("1.10USD") - money("2.20USD")).description == "-1.10USD")
        #expect(try (money("1.15USD") * 12).description == "13.80USD")
        #expect(try (money("10.00USD") / 3).description == "3." + String(repeating: "3", count: 33) + "USD")
        #expect(try (money("10.00USD") / 4).description == "2.50USD")
        #expect(try (money("0.0050USD") + money("0.01USD")).description == "0.0150USD")
        #expect(Money(2, "USD").description == "2.00USD")
    }

    @Test func neverMixesCurrencies() throws {
        let (dollars, euros) = (try money("1.00USD"), try money("1.00EUR"))
        for operation: (Money, Money) throws -> Any in [{ try $0 + $1 }, { try $0 - $1 }, { try $0.compare($1) }] {
            let error = #expect(throws: SwitchboardError.self) { try operation(dollars, euros) }
            #expect(error?.code == .invalidArgument)
            #expect(error?.message.contains("1.00USD and 1.00EUR") == true)
        }
        #expect(throws: SwitchboardError.self) { try dollars / 0 }
    }

    @Test func comparesAmounts() throws {
        #expect(try money("2.00USD").compare(money("2USD")) == 0)
        #expect(try money("1.99USD").compare(money("2.00USD")) == -1)
        #expect(try money("10.00USD").compare(money("9.00USD")) == 1)
        #expect(try money("2.0000USD") == money("2USD"))
        #expect(try Set([money("2.0000USD"), money("2USD")]).count == 1)
        #expect(try money("2.00USD") != money("2.00EUR"))
    }

    @Test func isExactInJSON() throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        let data = try encoder.encode(money("2.00USD"))
        #expect(String(decoding: data, as: UTF8.self) == #"{"amount":"2.00","currency":"USD"}"#)
        for text in ["2.00USD", "0.0050USD", "1234567890123456789012345678901.23EUR", "1000JPY"] {
            let decoded = try JSONDecoder().decode(Money.self, from: encoder.encode(money(text)))
            #expect(decoded.description == text)
        }
        let debt = try money("0.00USD") - money("1.10USD")
        #expect(try JSONDecoder().decode(Money.self, from: encoder.encode(debt)) == debt)
        for wrong in [
            #"{"amount":2.00,"currency":"USD"}"#, #"{"amount":"2.00x","currency":"USD"}"#,
            #"{"amount":"2","currency":"usd"}"#,
        ] {
            #expect(throws: DecodingError.self) { try JSONDecoder().decode(Money.self, from: Data(wrong.utf8)) }
        }
    }
}
