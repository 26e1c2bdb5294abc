import SwitchboardSandbox
import Testing

@Suite struct SandboxRequestTests {
    /// A header and whom it names.
    @Test(arguments: [
        ("Basic dXNlcjpwYXNz", "user pass"), ("basic dXNlcjpwYXNz", "user pass"), ("Basic dXNlcjphOmI=", "user a:b"),
        ("Basic dXNlcjo=", "user "), ("Basic Og==", " "), ("Basic dXNlcg==", nil), ("Basic ###", nil), ("Basic", nil),
        ("Bearer dXNlcjpwYXNz", nil), ("", nil),
    ])
    func readsBasicCredentials(_ header: String, _ wanted: String?) {
        let request = SandboxRequest(method: "GET", target: "/", headers: [("authorization", header)])
        #expect(request.basicCredentials.map { "\($0.user) \($0.password)" } == wanted)
    }
}
