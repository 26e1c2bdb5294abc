import SwitchboardCore
import SwitchboardHTTP
import Testing

@Suite struct URLTextTests {
    @Test func aPlusBecomesItsCode() {
        #expect(PercentEncoding.encode("+14155550100") == "%2B14155550100")
        #expect(PercentEncoding.encode("a b/c?d&e=f%Ü~-._") == "a%20b%2Fc%3Fd%26e%3Df%25%C3%9C~-._")
        #expect(PercentEncoding.query([("To", "+1"), ("a&b", ""), ("To", "+2")]) == "To=%2B1&a%26b=&To=%2B2")
        #expect(PercentEncoding.form([("a", "é\n")]) == Array("a=%C3%A9%0A".utf8))
        #expect(PercentEncoding.query([]) == "")
    }

    @Test(arguments: ["https://h.example", "https://h.example/", "https://h.example//"])
    func aSlashAtTheEndOfTheBaseMakesNoDifference(base: String) throws {
        #expect(
            try URLText.join(base, ["2010-04-01", "A/..", "n.json"]) == "https://h.example/2010-04-01/A%2F../n.json")
    }

    @Test func keepsTheBasesPathAndAddsTheQuery() throws {
        #expect(
            try URLText.join("http://127.0.0.1:8080/twirp", ["a.B", "C"], query: [("n", "+1")])
                == "http://127.0.0.1:8080/twirp/a.B/C?n=%2B1")
        #expect(try URLText.join("https://h.example") == "https://h.example")
    }

    @Test(arguments: [
        ("h.example", "a"), ("ftp://h.example", "a"), ("https://u@h.example", "a"), ("https://h.example?x=1", "a"),
        ("https://h.example#x", "a"), ("https://", "a"), ("https://h.example", ""), ("https://h.example", "."),
        ("https://h.example", ".."),
    ])
    func whatCannotBeJoinedIsAnInvalidArgument(base: String, segment: String) {
        let error = #expect(throws: SwitchboardError.self) { _ = try URLText.join(base, [segment]) }
        #expect(error?.code == .invalidArgument)
    }
}

@Suite struct LoopbackURLTests {
    @Test(arguments: [
        "http://127.0.0.1", "http://127.0.0.1:8080/x", "https://127.255.0.3/", "http://localhost:1?x", "ws://LOCALHOST",
        "wss://[::1]:7881", "http://[0:0:0:0:0:0:0:1]/", "HTTP://127.0.0.1#a", "http://127.0.0.1/@evil.example",
    ])
    func thisMachine(url: String) { #expect(LoopbackURL.isLoopback(url: url)) }

    @Test(arguments: [
        "http://127.0.0.1@evil.example", "http://localhost.evil.example", "http://localhost@evil.example/",
        "http://evil.example/127.0.0.1", "http://evil.example?@127.0.0.1", "http://evil.example#@127.0.0.1",
        "http://evil.example\\@127.0.0.1", "http://127.0.0.1\\.evil.example", "http://127.0.0.1.evil.example",
        "http://user:word@127.0.0.1/", "http://127.1", "http://2130706433", "http://0x7f.0.0.1", "http://127.0.0.01",
        "http://127.0.0.256", "http://127.0.0.1.", "http://localhost.", "http://0.0.0.0", "http://128.0.0.1",
        "http://[::2]", "http://[::1", "http://::1/", "http://[::ffff:127.0.0.1]", "http://[::1]evil.example",
        "http://127.0.0.1:", "http://127.0.0.1:x", "http://127.0.0.1:99999", "http://127.0.0.1:80:80", "127.0.0.1",
        "//127.0.0.1", "http:/127.0.0.1", "http:127.0.0.1", "file://127.0.0.1/etc", "http:// 127.0.0.1",
        "http://127.0.0.1 .evil.example", "http://127.0.0.1\t", "http://127。0。0。1", "http://loc%61lhost", "", "://",
    ])
    func elsewhere(url: String) { #expect(!LoopbackURL.isLoopback(url: url)) }
}
