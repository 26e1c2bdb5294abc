import FoundationEssentials
import SwitchboardTestKit
import Testing

/// A run that goes on finds its files where it was begun, wherever somebody goes on with it.
@Suite struct ResumeFolderTests {
    @Test func relativePathsBeginWhereTheRunBegan() async throws {
        try await Place.with { place in
            try FileManager.default.createDirectory(
                atPath: place.folder + "/elsewhere/lib", withIntermediateDirectories: true)
            try FileManager.default.createDirectory(atPath: place.folder + "/lib", withIntermediateDirectories: true)
            try place.write("def buy [] { search livekit --area 415 | first | purchase }\n", to: "lib/buy.swb")
            try place.write("def buy [] { fail 'the wrong file' }\n", to: "elsewhere/lib/buy.swb")
            try place.write("site\nnorth\nsouth\n", to: "sites.csv")
            try place.write("site\nwrong\n", to: "elsewhere/sites.csv")
            try place.write(
                """
                use ./lib/buy.swb
                read sites.csv --columns {site: string} | each row --key .site --on-error collect { buy }
                | report report.csv
                """, to: "a.swb")
            let first = try await place.run("--max-purchases", "1", "run", "a.swb")
            #expect(first.status == 3, "\(first.errorText)")
            let line = "cd elsewhere && $SWITCHBOARD --max-purchases 2 resume last"
            let resumed = try await place.shell(line)
            #expect(resumed.status == 0, "\(resumed.errorText)")
            #expect(
                resumed.errorText.contains("relative paths begin in \(place.folder), where it was begun"),
                "\(resumed.errorText)")
            #expect(place.text(of: place.folder + "/elsewhere/report.csv") == nil)
            let report = try #require(place.text(of: place.folder + "/report.csv"))
            #expect(report.contains("north") && report.contains("south") && !report.contains("failed"), "\(report)")
            #expect(try await place.list().count == 2)
        }
    }

    /// A changed file is found to be changed there, and not one of the same name here.
    @Test func whatHasChangedIsLookedForThere() async throws {
        try await Place.with { place in
            try FileManager.default.createDirectory(
                atPath: place.folder + "/elsewhere", withIntermediateDirectories: true)
            try place.write("site\nnorth\n", to: "sites.csv")
            try place.write(
                "read sites.csv --columns {site: string} | each row { agent add $row.site }\nfail 'no'\n", to: "a.swb")
            #expect(try await place.run("run", "a.swb").status == 1)
            let same = try await place.shell("cd elsewhere && $SWITCHBOARD resume last")
            #expect(same.status == 1 && same.errorText.contains("error[R299]: no"), "\(same.errorText)")
            try place.write("site\neast\n", to: "sites.csv")
            let refused = try await place.shell("cd elsewhere && $SWITCHBOARD resume last")
            #expect(refused.status == 2)
            #expect(refused.errorText.contains("sites.csv' has changed since run_"), "\(refused.errorText)")
        }
    }

    @Test func aPlanMayBeGivenToARunThatGoesOn() async throws {
        try await Place.with { place in
            let text = "search livekit --area 415 | first | purchase\n"
            try place.write(text + "fail 'no'\n", to: "a.swb")
            #expect(try await place.run("run", "a.swb").status == 1)
            try place.write(text + "agent add support\n", to: "a.swb")
            #expect(try await place.run("plan", "a.swb", "--out", "a.plan").status == 0)
            let resumed = try await place.run("resume", "last", "--changed-ok", "--within", "a.plan")
            #expect(resumed.status == 0, "\(resumed.errorText)")
            let again = try await place.run("run", "a.swb", "--within", "a.plan")
            #expect(again.status == 2 && again.errorText.contains("the plan is that of run_"), "\(again.errorText)")
            #expect(try await place.run("undo", "last", "--within", "a.plan").status == 2)
        }
    }

    @Test(arguments: [["run", "log", "--help"], ["run", "show", "last", "--help"]])
    func theStatementsOfRunsHaveTheirOwnHelp(_ arguments: [String]) async throws {
        try await Place.with { place in
            let help = try await place.run(arguments)
            #expect(help.status == 0 && help.outputText.hasPrefix("\(arguments[0]) \(arguments[1])"), "\(help)")
        }
    }
}
