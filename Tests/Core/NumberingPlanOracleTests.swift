import FoundationEssentials
import SwitchboardCore
import SwitchboardTestKit
import Testing

/// Compares the numbering plan with the PyPI package that it was made from.
///
/// Where we differ, on purpose:
/// - The properties of an `E164` speak of exactly its digits. `phonenumbers.parse` leaves a trunk 0 after the calling
///   code off, so it calls +4402079460018 valid; that number cannot be dialled. The oracle is asked without `parse`.
/// - A calling code that nobody has makes a number without a plan; the package refuses to read it.
/// - A written number that is too short, too long, lacks its area code or has more than 15 digits is refused; the package
///   reads it. The same for letters, extensions and text around the number, which `SpellingTests` has.
@Suite struct NumberingPlanOracleTests {
    private struct Oracle {
        var version = ""
        var numbers: [[Substring]] = []
        var areas: [Substring] = []
        var spellings: [[Substring]] = []
    }

    private func oracle() async throws -> Oracle {
        var oracle = Oracle()
        for line in try await OraclePython.lines("Tests/Core/Oracle/numbers.py") {
            let fields = line.split(separator: "\t", omittingEmptySubsequences: false)
            switch fields[0] {
            case "number": oracle.numbers.append(fields)
            case "area": oracle.areas.append(fields[1])
            case "spelling": oracle.spellings.append(fields)
            default: oracle.version = String(line.dropFirst(2))
            }
        }
        return oracle
    }

    @Test func answersAsThePackageDoes() async throws {
        let oracle = try await oracle()
        try #require(
            oracle.version == NumberingPlan.version,
            "the test Python has another phonenumbers than the table; run: scripts/test")
        try #require(oracle.numbers.count >= 20_000)
        checkNumbers(oracle.numbers)
        #expect(NumberingPlan.usAreas.map(\.areaCode) == oracle.areas.map(String.init))
        try #require(oracle.spellings.count >= 10_000)
        checkSpellings(oracle.spellings)
    }

    private func checkNumbers(_ rows: [[Substring]]) {
        var differences = Differences()
        var regions: Set<String> = []
        var types: Set<NumberType> = []
        for row in rows {
            guard let number = E164(String(row[1])) else {
                differences.expect("not E.164", String(row[1]), "reading")
                continue
            }
            let region = number.region ?? ""
            regions.insert(region)
            types.insert(number.numberType)
            let ours = [
                String(number.isValid), String(number.isPossible), region, number.numberType.rawValue,
                number.nationalNumber, number.nationalDisplay, number.internationalDisplay,
            ]
            let names = [
                "isValid", "isPossible", "region", "type", "national", "nationalDisplay", "internationalDisplay",
            ]
            for (index, name) in names.enumerated() {
                differences.expect(ours[index], String(row[index + 2]), "\(number) \(name)")
            }
        }
        #expect(differences.count == 0, "\(differences)")
        // Western Sahara's numbers all begin as Morocco's do, which the plan asks first.
        #expect(Set(NumberingPlan.regions).subtracting(regions) == ["EH"], "regions without a number in the test")
        #expect(types == Set(NumberType.allCases))
    }

    private func checkSpellings(_ rows: [[Substring]]) {
        var differences = Differences()
        var accepted = 0
        for row in rows {
            let number = try? E164(parsing: String(row[1]), region: String(row[2]))
            if number != nil { accepted += 1 }
            differences.expect(number?.text ?? "-", String(row[3]), "'\(row[1])' in \(row[2])")
        }
        #expect(differences.count == 0, "\(differences)")
        #expect(accepted > rows.count / 2 && accepted < rows.count)
    }

    @Test func tableIsWhatTheGeneratorWrites() async throws {
        let result = try await OraclePython.run("scripts/generate-numbering-plan", ["--check"])
        #expect(result.status == 0, "\(result.errorText)\nrun: scripts/generate-numbering-plan")
        #expect(result.outputText == "the numbering plan is current\n")
    }
}
