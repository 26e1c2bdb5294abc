import FoundationEssentials
import SwitchboardCore
import SwitchboardTestKit
import Synchronization
import Testing

@testable import LiveKitProvider

@Suite struct ClientTokenTests {
    /// The vector of RFC 4231, test case 2.
    @Test func signsLikeThePublishedVector() {
        let code = HMACSHA256.code(of: Array("what do ya want for nothing?".utf8), key: Array("Jefe".utf8))
        let hex = code.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        #expect(hex == "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843")
    }

    @Test func carriesTheClaimsThatLiveKitChecks() throws {
        let source = AccessTokenSource(key: "APIkey01", secret: testSecret, now: { testStart })
        let parts = try source.token().split(separator: ".").map(String.init)
        try #require(parts.count == 3)
        #expect(try json(decode(parts[0])) == json(#"{"alg":"HS256","typ":"JWT"}"#))
        #expect(
            try json(decode(parts[1]))
                == json(
                    """
                    {"iss":"APIkey01","sub":"switchboard","iat":1790000000,"nbf":1790000000,"exp":1790000600,
                     "sip":{"admin":true}}
                    """))
        let signed = Array((parts[0] + "." + parts[1]).utf8)
        #expect(parts[2] == Base64URL.text(HMACSHA256.code(of: signed, key: Array(testSecret.utf8))))
        #expect(!parts.joined().contains("="))
    }

    @Test func keepsATokenUntilItsReserveIsReachedAndDropsItWhenTheClockGoesBack() throws {
        let time = Mutex(testStart)
        let source = AccessTokenSource(key: "APIkey01", secret: testSecret, now: { time.withLock(\.self) })
        let first = try source.token()
        time.withLock { $0 = testStart.addingTimeInterval(299) }
        #expect(try source.token() == first)
        time.withLock { $0 = testStart.addingTimeInterval(301) }
        let second = try source.token()
        #expect(second != first)
        time.withLock { $0 = testStart.addingTimeInterval(-3600) }
        #expect(try source.token() != second)
    }

    @Test func encodesBytesForURLs() {
        #expect(Base64URL.text([0xfb, 0xff, 0xfe]) == "-__-")
        #expect(Base64URL.text([0xfb]) == "-w")
        #expect(Base64URL.text([]) == "")
    }

    private func decode(_ text: String) throws -> [UInt8] {
        var plain = text.replacing("-", with: "+").replacing("_", with: "/")
        while plain.utf8.count % 4 != 0 { plain += "=" }
        return [UInt8](try #require(Data(base64Encoded: plain)))
    }
}
