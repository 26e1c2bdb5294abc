import SwitchboardCore
import FoundationEssentials
import SwitchboardSandbox
import Testing

@testable import TwilioSandbox

/// The exchanges of `Golden/exchanges.txt`, byte by byte: sids that the server makes up stand for those in the file.
@Suite struct EmulatorGoldenTests {
    /// One exchange as the file writes it.
    struct Exchange {
        var time: String
        var name: String
        var method: String
        var path: String
        var body: String
        var status: Int
        var isShortened: Bool
        var header: String?
        var answer: String
    }

    @Test func answersTheContractsExchanges() async throws {
        let server = try EmulatorHarness(
            [
                "caller_ids": EmulatorSeeds.one["caller_ids"] ?? [],
                "conferences": EmulatorSeeds.one["conferences"] ?? [],
            ], others: [EmulatorSeeds.acme])
        var sids: [String: String] = [:]
        let exchanges = try Self.exchanges()
        try #require(exchanges.count > 20)
        for exchange in exchanges {
            server.setClock(try Self.seconds(exchange.time))
            let isStranger = exchange.name.hasPrefix("G9")
            let answer = try #require(
                await server.call(
                    exchange.method, Self.replace(exchange.path, sids), Self.replace(exchange.body, sids),
                    password: isStranger ? "wrong" : EmulatorHarness.token))
            #expect(answer.status == exchange.status, "\(exchange.name): \(answer.text)")
            if !exchange.isShortened { Self.learn(&sids, exchange.answer, answer.text) }
            let wanted = Self.replace(exchange.answer, sids)
            if exchange.isShortened {
                #expect(answer.json.contains(try JSON(reading: wanted)), "\(exchange.name): \(answer.text)")
            } else {
                #expect(Self.settled(answer.text) == Self.settled(wanted), "\(exchange.name)")
            }
            if let header = exchange.header {
                let parts = header.split(separator: ": ", maxSplits: 1).map(String.init)
                #expect(answer.headers[parts[0].lowercased()] == parts[1])
            }
            sids = sids.filter { !$0.key.hasPrefix("CA") }
        }
    }

    /// The sids of an answer take the places of those that the file has there.
    private static func learn(_ sids: inout [String: String], _ wanted: String, _ found: String) {
        for (name, sid) in zip(wanted.matches(of: /[A-Z]{2}[0-9a-f]{32}/), found.matches(of: /[A-Z]{2}[0-9a-f]{32}/))
        where sids[String(name.0)] == nil && name.0.prefix(2) == sid.0.prefix(2) {
            sids[String(name.0)] = String(sid.0)
        }
    }

    private static func replace(_ text: String, _ sids: [String: String]) -> String {
        text.replacing(/[A-Z]{2}[0-9a-f]{32}/) { sids[String($0.0)] ?? String($0.0) }
    }

    /// A text without what is different each time.
    private static func settled(_ text: String) -> String {
        text.replacing(/"validation_code":"[0-9]{6}"/, with: "code")
            .replacing("http://127.0.0.1:8181", with: "http://127.0.0.1")
    }

    private static func seconds(_ time: String) throws -> Int64 {
        let parts = time.split(separator: ":").compactMap { Int64($0) }
        try #require(parts.count == 3)
        return parts[0] * 3600 + parts[1] * 60 + parts[2] - (9 * 3600 + 15 * 60 + 2)
    }

    static func exchanges() throws -> [Exchange] {
        let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Golden/exchanges.txt").path
        let account = "/2010-04-01/Accounts/" + EmulatorHarness.sid
        let text = try String(contentsOfFile: file, encoding: .utf8).replacing("{A}", with: account)
        let lines = text.split(separator: "\n").map(String.init)
        var time = ""
        var exchanges: [Exchange] = []
        for (place, line) in lines.enumerated() {
            if line.hasPrefix("@ ") { time = String(line.dropFirst(2)) }
            guard line.hasPrefix("# ") else { continue }
            let request = lines[place + 1].split(separator: " ").map(String.init)
            let match = try #require(lines[place + 2].wholeMatch(of: /(\d+)(~?)(?: \[(.*?)\])? ?(.*)/))
            exchanges.append(
                Exchange(
                    time: time, name: String(line.dropFirst(2)), method: request[0], path: request[1],
                    body: request.count > 3 ? request[3] : "", status: Int(match.1) ?? 0, isShortened: !match.2.isEmpty,
                    header: match.3.map(String.init), answer: String(match.4)))
        }
        return exchanges
    }

    /// The inventory's rows instead of the contract's two, which have numbers that are not on offer here.
    @Test func g1Search() async throws {
        let server = try EmulatorHarness()
        let path =
            "/AvailablePhoneNumbers/US/Local.json?AreaCode=415&Contains=%2B1415555%2A&VoiceEnabled=true&PageSize=2"
        let answer = await server.call("GET", "~" + path)
        func row(_ line: String) -> String {
            "{\"phone_number\":\"+1415555\(line)\",\"friendly_name\":\"(415) 555-\(line)\",\"lata\":\"722\","
                + #""locality":"San Francisco","rate_center":"SNFC CNTRL","latitude":"37.789400","#
                + #""longitude":"-122.394200","region":"CA","postal_code":"94105","iso_country":"US","#
                + #""address_requirements":"none","beta":false,"capabilities":{"voice":true,"sms":true,"mms":true}}"#
        }
        #expect(
            answer?.text == "{\"available_phone_numbers\":[\(row("0150")),\(row("0151"))],"
                + "\"uri\":\"/2010-04-01/Accounts/\(EmulatorHarness.sid)\(path)\"}")
        #expect(answer?.headers["content-type"] == "application/json")
    }

    @Test func g8TrialAccount() async throws {
        let server = try EmulatorHarness(["type": "Trial", "numbers": ["+14155550153"]])
        let answer = await server.call("POST", "~/IncomingPhoneNumbers.json", "PhoneNumber=%2B14155550187")
        #expect(answer?.status == 400)
        #expect(
            answer?.text == #"{"code":21404,"message":"A trial account may hold one number only.","#
                + #""more_info":"https://www.twilio.com/docs/errors/21404","status":400}"#)
    }

    @Test func g10TooManyAtOnce() async throws {
        let server = try EmulatorHarness()
        _ = await server.fault(#"{"fault":"rate_limited","retry_after":1,"times":1}"#)
        let answer = await server.call("POST", "~/IncomingPhoneNumbers.json", "PhoneNumber=%2B14155550187")
        #expect(answer?.status == 429)
        #expect(answer?.headers["retry-after"] == "1")
        #expect(
            answer?.text == #"{"code":20429,"message":"Too Many Requests","#
                + #""more_info":"https://www.twilio.com/docs/errors/20429","status":429}"#)
        #expect(server.purchases == [])
    }
}
