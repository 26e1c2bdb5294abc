import FoundationEssentials
import Glibc
import SwitchboardTestKit
import Testing

/// The disk fills up, or can be written no more, while a bulk run goes on: nothing is bought that the journal does not
/// know, and what is left is done once there is room.
@Suite(.serialized, .enabled(if: SmallDisk.isPossible, "a disk of our own needs root and loop devices"))
struct FullDiskTests {
    /// Hands over a place whose state folder lies on a small disk; the sandbox keeps its own state elsewhere.
    private func withStateOnSmallDisk(_ body: (Place, SmallDisk) async throws -> Void) async throws {
        try await Place.with { place in
            try await SmallDisk.with(at: "xdg/switchboard", in: place) { disk in
                let truth = place.folder + "/truth/sandbox"
                try FileManager.default.createDirectory(atPath: truth, withIntermediateDirectories: true)
                try FileManager.default.createSymbolicLink(
                    atPath: place.state + "/sandbox", withDestinationPath: truth)
                try await body(place, disk)
                place.stopSandbox()
            }
        }
    }

    /// Starts the rows with purchases that take their time, and lets the disk go wrong while some are under way.
    ///
    /// Nothing is being written then: a sync that meets the very instant at which ext4 fails may be told that all is well.
    private func run(
        _ sites: Sites, _ flags: String, _ goWrong: () async throws -> Void
    ) async throws -> Subprocess {
        let sandbox = try await sites.place.sandbox()
        try await sandbox.fault(#"{"method":"PurchasePhoneNumber","fault":"slow","delay_ms":600,"when":"after"}"#)
        let job = try await sites.place.start(["run", try sites.script(flags: flags)])
        try await sites.purchases(8)
        try await Task.sleep(for: .milliseconds(200))
        try await goWrong()
        let result = try await job.end()
        try await sandbox.mend()
        return result
    }

    /// Every purchase that the emulator knows has an intent that is not told to have failed.
    private func expectEveryPurchaseJournaled(_ place: Place) async throws {
        for number in try await place.sandbox().truth().purchases {
            let query = "SELECT count(*) FROM intents WHERE kind = 'purchase' AND state <> 'failed' AND subject LIKE"
            #expect(try await place.rows("\(query) '% \(number)'") == 1, "\(number) is not in the journal")
        }
    }

    /// Every number that was bought belongs to a row that the report does not take for one that was not started.
    private func expectNoRowHidden(_ place: Place) async throws {
        let report = place.text(of: place.folder + "/result.csv") ?? ""
        let begun = report.split(separator: "\n").dropFirst().count { !$0.contains(",not_started,") }
        #expect(try await place.sandbox().truth().purchases.count <= begun, "\(report)")
    }

    private static let flags = ["--parallel 4", "--parallel 4 --on-error collect"]

    @Test(arguments: flags) func aDiskThatFillsUpStopsTheRowsBeforeTheyBuy(_ flags: String) async throws {
        try await withStateOnSmallDisk { place, disk in
            let sites = try await Sites(40, in: place)
            let result = try await run(sites, flags) { try disk.fill() }
            #expect(result.status == 1, "\(result.errorText)")
            let told = "error[R270]: the disk has no room for the store \(place.state)/switchboard.db"
            #expect(result.errorText.contains(told), "\(result.errorText)")
            let bought = try await place.sandbox().truth().purchases.count
            #expect((8..<40).contains(bought))
            try await expectNoRowHidden(place)
            let early = try await place.run("resume", "last")
            #expect(early.status == 1, "\(early.errorText)")
            #expect(early.errorText.contains("the disk has no room for the store"), "\(early.errorText)")
            try await expectEveryPurchaseJournaled(place)

            disk.clear()
            let resumed = try await place.run("resume", "last")
            #expect(resumed.status == 0, "\(resumed.errorText)")
            try await sites.expectDone()
        }
    }

    @Test(arguments: flags)
    func aDiskThatCannotBeWrittenAnyMoreStopsTheRowsBeforeTheyBuy(_ flags: String) async throws {
        try await withStateOnSmallDisk { place, disk in
            let sites = try await Sites(40, in: place)
            let result = try await run(sites, flags) { try await disk.turnReadOnly() }
            // Purchases were under way whose outcome nobody could write down.
            #expect(result.status == 6, "\(result.errorText)")
            let told = "the store \(place.state)/switchboard.db cannot be written"
            #expect(result.errorText.contains(told), "\(result.errorText)")
            #expect(try await place.sandbox().truth().purchases.count < 40)
            try await expectNoRowHidden(place)

            try await disk.mend()
            try await expectEveryPurchaseJournaled(place)
            let resumed = try await place.run("resume", "last")
            #expect(resumed.status == 0, "\(resumed.errorText)")
            try await sites.expectDone()
        }
    }

    @Test func aReportWhoseDiskIsFullIsWrittenByTheResumedRun() async throws {
        try await Place.with { place in
            try await SmallDisk.with(at: "reports", in: place) { disk in
                let sites = try await Sites(20, in: place)
                let script = try sites.script(report: "reports/result.csv")
                try disk.fill()
                let result = try await place.run("run", script)
                #expect(result.status == 1, "\(result.errorText)")
                let told = "'./reports/result.csv' cannot be written: No space left on device"
                #expect(result.errorText.contains(told), "\(result.errorText)")
                #expect(place.text(of: place.folder + "/reports/result.csv") == nil)
                try await expectEveryPurchaseJournaled(place)

                disk.clear()
                let resumed = try await place.run("resume", "last")
                #expect(resumed.status == 0, "\(resumed.errorText)")
                try await sites.expectDone(report: "reports/result.csv")
            }
        }
    }
}
