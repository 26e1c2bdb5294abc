import FoundationEssentials
import SwitchboardTestKit
import Testing

/// A check changes nothing on the disk.
@Suite struct CheckTests {
    /// Every file of the state folder with its content.
    private func state(_ place: Place) async throws -> String {
        try await place.shell("cd xdg && find . -type f -not -path '*/sandbox/*' | sort | xargs sha256sum").outputText
    }

    @Test func aMissingStateFolderIsNotMade() async throws {
        try await Place.with { place in
            try place.write("agent add support\nsearch livekit | first | purchase | bind-agent support\n", to: "a.swb")
            let result = try await place.run("check", "a.swb")
            #expect(result.status == 0 && result.outputText.isEmpty && result.errorText.isEmpty, "\(result.errorText)")
            #expect(try await place.shell("ls -A").outputText == "a.swb\n")
        }
    }

    @Test func theLedgerIsReadAndLeftAsItIs() async throws {
        try await Place.with { place in
            #expect(try await place.run("-c", "agent add support").status == 0)
            try place.write("search livekit | first | purchase | bind-agent support\n", to: "a.swb")
            try place.write("search livekit | first | purchase | bind-agent suport\n", to: "b.swb")
            let before = try await state(place)
            #expect(try await place.run("check", "a.swb").status == 0)
            let result = try await place.run("check", "b.swb")
            #expect(result.status == 2 && result.errorText.contains("did you mean 'support'?"), "\(result.errorText)")
            #expect(try await state(place) == before)
            #expect(!before.isEmpty)
        }
    }

    @Test func aProviderThatDoesNotAnswerCanBeLeft() async throws {
        try await Place.with { place in
            let sandbox = try await place.sandbox()
            try await sandbox.fault(#"{"method":"GetPhoneNumber","fault":"slow","delay_ms":600000,"times":1}"#)
            try place.write("search livekit | print\n", to: "a.swb")
            let job = try await place.start(["check", "a.swb", "--online"])
            try await sandbox.faultsStruck()
            job.signal(2)
            let result = try await job.end()
            #expect(result.status == 130, "\(result.errorText)")
            #expect(try await sandbox.requests(of: "GetPhoneNumber") == 0, "nobody waits for an answer")
        }
    }

    /// A program that holds the store open has its newest changes in the log.
    @Test func whatARunningProgramHasWrittenIsSeen() async throws {
        try await Place.with { place in
            let job = try await place.start(["-c", "agent add support; wait 365d"])
            try await wait(for: "the agent") { () -> Bool? in
                try await place.run("-c", "agent list").outputText.contains("support") ? true : nil
            }
            try place.write("search livekit | first | purchase | bind-agent support\n", to: "a.swb")
            #expect(try await place.run("check", "a.swb").status == 0)
            job.signal(15)
            _ = try await job.end()
        }
    }
}
