import FoundationEssentials
import Glibc
import SwitchboardCore
import SwitchboardHTTP
import SwitchboardTestKit
import Testing

@Suite struct TLSTests {
    @Test func aSelfSignedCertificateIsRefusedOnce() async throws {
        let server = try await TLSServer(name: .right)
        defer { withExtendedLifetime(server) {} }  // it ends with its object
        let clock = ManualClock(skipsWaits: true)
        let transport = CurlTransport()
        let client = ServiceClient(
            provider: "acme",
            context: ProviderContext(
                profile: "test", settings: ProviderSettings(), transport: transport, time: clock.time))
        let call = ServiceCall(
            HTTPRequest("POST", "https://127.0.0.1:\(server.port)/"), operation: "Buy", repeatability: .keyed)
        let error = await #expect(throws: SwitchboardError.self) { _ = try await client.send(call) }
        #expect(
            error?.message == "cannot reach acme: the server's certificate is not trusted: "
                + "SSL certificate problem: self-signed certificate")
        #expect(error?.code == .unreachable)
        #expect(error?.attempts == 1)
        #expect(error?.isRetryable == false)
        #expect(error?.mayHaveHappened == false)
        #expect(clock.waits.isEmpty)
    }

    @Test(arguments: ["CURL_CA_BUNDLE", "SSL_CERT_FILE"])
    func theEnvironmentCanAddACertificate(variable: String) async throws {
        await #expect(processExitsWith: .success) { [variable] in
            let server = try await TLSServer(name: .right)
            defer { withExtendedLifetime(server) {} }  // it ends with its object
            for name in ["CURL_CA_BUNDLE", "SSL_CERT_FILE"] { unsetenv(name) }
            setenv(variable, server.certificate, 1)
            let answer = try await CurlTransport().send(HTTPRequest("GET", "https://127.0.0.1:\(server.port)/"))
            #expect(answer.status == 200)
        }
    }

    @Test func aTrustedCertificateOfAnotherHostIsRefused() async throws {
        await #expect(processExitsWith: .success) {
            let server = try await TLSServer(name: .wrong)
            defer { withExtendedLifetime(server) {} }  // it ends with its object
            setenv("CURL_CA_BUNDLE", server.certificate, 1)
            let failure = await #expect(throws: TransportFailure.self) {
                _ = try await CurlTransport().send(HTTPRequest("GET", "https://127.0.0.1:\(server.port)/"))
            }
            #expect(failure?.stage == .notSent)
            #expect(failure?.isPermanent == true)
            #expect(failure?.message.contains("certificate is not trusted") == true)
            #expect(failure?.message.contains("127.0.0.1") == true)
        }
    }

    @Test func aCertificateFileThatIsMissingIsNamed() async throws {
        await #expect(processExitsWith: .success) {
            let server = try await TLSServer(name: .right)
            defer { withExtendedLifetime(server) {} }  // it ends with its object
            setenv("CURL_CA_BUNDLE", "/nonexistent/ca.pem", 1)
            let failure = await #expect(throws: TransportFailure.self) {
                _ = try await CurlTransport().send(HTTPRequest("GET", "https://127.0.0.1:\(server.port)/"))
            }
            #expect(failure?.stage == .notSent)
            #expect(failure?.message.contains("/nonexistent/ca.pem") == true)
        }
    }
}
