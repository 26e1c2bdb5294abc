import SwitchboardSandbox
import Testing

@Suite struct SandboxOptionsTests {
    @Test func readsTheCommandLine() throws {
        let options = try SandboxOptions([
            "--port", "7880", "--state", "d", "--inventory", "wide", "--on-demand", "--idle", "5",
        ])
        #expect(options.port == 7880)
        #expect(options.state == "d")
        #expect(options.inventory == .wide)
        #expect(options.isOnDemand)
        #expect(options.idle == 5)
    }

    @Test(arguments: [
        (["--port"], "--port needs a value"), (["--port", "0"], "--port is a number from 1 to 65535"),
        (["--on-demand"], "--on-demand needs --state DIR"), (["--prot", "1"], "unknown argument '--prot'; see --help"),
        (["--inventory", "big"], "--inventory is standard or wide, not 'big'"),
    ])
    func saysWhatIsWrong(_ arguments: [String], _ words: String) {
        #expect(throws: SeedRefusal(words)) { try SandboxOptions(arguments) }
    }
}
