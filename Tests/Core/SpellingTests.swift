import SwitchboardCore
import Testing

@Suite struct SpellingTests {
    @Test(arguments: [
        ("+14155550100", "US"), ("(415) 555-0100", "US"), ("415-555-0100", "US"), ("415.555.0100", "us"),
        ("1 415 555 0100", "US"), ("4155550100", "US"), ("  415 555 0100\t", "US"), ("011 1 415 555 0100", "US"),
        ("00 1 415 555 0100", "GB"), ("+1 415-555-0100", "GB"), ("\u{FF0B}\u{FF11}(415)555\u{2011}0100", "GB"),
        ("\u{FF14}\u{FF11}\u{FF15}-555-\u{FF10}\u{FF11}\u{FF10}\u{FF10}", "US"), ("[415] 555/0100", "US"),
        ("+1 415-555-0100", "nowhere"),
    ])
    func readsTheSameNumber(_ text: String, _ region: String) throws {
        #expect(try E164(parsing: text, region: region).text == "+14155550100")
    }

    @Test(arguments: [
        ("0044 20 7946 0018", "DE"), ("+44 (0)20 7946 0018", "US"), ("(+44) 20 7946 0018", "US"),
        ("020 7946 0018", "GB"), ("20 7946 0018", "GB"), ("44 20 7946 0018", "GB"), ("011 44 20 7946 0018", "US"),
    ])
    func readsABritishNumber(_ text: String, _ region: String) throws {
        #expect(try E164(parsing: text, region: region).text == "+442079460018")
    }

    @Test func keepsTheItalianZero() throws {
        #expect(try E164(parsing: "06 1234 5678", region: "IT").text == "+390612345678")
    }

    @Test func insertsTheArgentineNine() throws {
        #expect(try E164(parsing: "0343 15 555 1212", region: "AR").text == "+5493435551212")
    }

    @Test(arguments: [
        (
            "555-0100", "US",
            "'555-0100' is not a phone number: it lacks its area code: 7 digits after +1, where 10 are possible"
        ),
        (
            "415 555 010", "US",
            "'415 555 010' is not a phone number: it is too short: 9 digits after +1, where 10 are possible"
        ),
        (
            "415 555 01000", "US",
            "'415 555 01000' is not a phone number: it is too long: 11 digits after +1, where 10 are possible"
        ),
        ("1-800-FLOWERS", "US", "'1-800-FLOWERS' is not a phone number: a number has no 'F'"),
        ("415 555 0100 x12", "US", "'415 555 0100 x12' is not a phone number: a number has no 'x'"),
        ("415 555 0100;ext=1", "US", "'415 555 0100;ext=1' is not a phone number: a number has no ';'"),
        ("tel:+14155550100", "US", "'tel:+14155550100' is not a phone number: a number has no 't'"),
        ("\u{664}15 555 0100", "US", "'\u{664}15 555 0100' is not a phone number: a number has no '\u{664}'"),
        ("415\u{1B}[31m", "US", "'415\u{FFFD}[31m' is not a phone number: a number has no character U+1B"),
        ("415\u{202E}555", "US", "'415\u{FFFD}555' is not a phone number: a number has no character U+202E"),
        ("1+4155550100", "US", "'1+4155550100' is not a phone number: a '+' can only stand first"),
        ("++14155550100", "US", "'++14155550100' is not a phone number: a '+' can only stand first"),
        ("", "US", "'' is not a phone number: there is no digit in it"),
        ("()", "US", "'()' is not a phone number: there is no digit in it"),
        ("+", "US", "'+' is not a phone number: there is no digit in it"),
        ("+999 12345678", "US", "'+999 12345678' is not a phone number: it begins with no calling code that exists"),
        ("011", "US", "'011' is not a phone number: it begins with no calling code that exists"),
        ("415 555 0100", "ZZ", "'415 555 0100' is not a phone number: 'ZZ' is not a region"),
    ])
    func refusesWithTheReason(_ text: String, _ region: String, _ message: String) {
        let error = #expect(throws: SwitchboardError.self) { try E164(parsing: text, region: region) }
        #expect(error?.code == .invalidArgument)
        #expect(error?.message == message)
        #expect(error?.help != nil)
    }

    @Test func readsAtMost250Characters() throws {
        let blanks = String(repeating: " ", count: 240)
        #expect(try E164(parsing: blanks + "4155550100", region: "US").text == "+14155550100")
        let error = #expect(throws: SwitchboardError.self) { try E164(parsing: blanks + " 4155550100", region: "US") }
        #expect(error?.message.hasSuffix("it has more than 250 characters") == true)
        #expect((error?.message.count ?? 1000) < 120)
    }
}
