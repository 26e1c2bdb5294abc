import FoundationEssentials
import SwitchboardCore
import Testing

@Suite struct ExactDecimalTests {
    private func value(_ text: String) throws -> Decimal { try #require(ExactDecimal.parse(text), "\(text)") }

    @Test(arguments: [
        ("0", "0"), ("-0", "0"), ("7", "7"), ("-7.5", "-7.5"), ("007", "7"), ("2.00", "2"), ("0.10", "0.1"),
        ("100", "100"),
        ("0.001", "0.001"), ("1234567890123456789012345678901234", "1234567890123456789012345678901234"),
        ("0.0000000000000000000000000000000000000000000001", "0.0000000000000000000000000000000000000000000001"),
        ("9.999999999999999999999999999999999", "9.999999999999999999999999999999999"),
    ])
    func readsAndWrites(_ text: String, _ written: String) throws {
        #expect(ExactDecimal.text(try value(text)) == written)
    }

    @Test(arguments: [
        "", "-", ".", "1.", ".5", "+1", "1,5", "1e3", "1 ", " 1", "1.2.3", "--1", "1-", "0x10", "abc", "1.2abc", "NaN",
        "٣",
        "12345678901234567890123456789012345", "1.0000000000000000000000000000000000",
    ])
    func refusesEverythingElse(_ text: String) {
        #expect(ExactDecimal.parse(text) == nil)
    }

    @Test func showsTheScaleThatIsAskedFor() throws {
        #expect(ExactDecimal.text(3.3, minimumScale: 2) == "3.30")
        #expect(ExactDecimal.text(1200, minimumScale: 2) == "1200.00")
        #expect(ExactDecimal.text(try value("-0.125"), minimumScale: 2) == "-0.125")
        #expect(ExactDecimal.text(0, minimumScale: 1) == "0.0")
        #expect(ExactDecimal.scale(of: "3.30") == 2)
        #expect(ExactDecimal.scale(of: "3") == 0)
    }

    @Test func dividesToThirtyFourDigits() throws {
        let third = try #require(ExactDecimal.divide(10, 3))
        #expect(ExactDecimal.text(third) == "3." + String(repeating: "3", count: 33))
        let twoThirds = try #require(ExactDecimal.divide(2, 3))
        #expect(ExactDecimal.text(twoThirds) == "0." + String(repeating: "6", count: 33) + "7")
        #expect(ExactDecimal.divide(7, 2) == Decimal(string: "3.5"))
        #expect(ExactDecimal.divide(1, 0) == nil)
    }

    @Test(
        arguments: [
            ("0", 0, 0, 0), ("2.5", 2, 3, 3), ("-2.5", -3, -2, -3), ("0.5", 0, 1, 1), ("-0.5", -1, 0, -1),
            ("0.4999999999999999999999999999999999", 0, 1, 0), ("7", 7, 7, 7), ("1200", 1200, 1200, 1200),
            ("0.0000000000000000000000000000000000000000000001", 0, 1, 0),
            ("-0.0000000000000000000000000000000000000000000001", -1, 0, 0),
            ("9223372036854775807", .max, .max, .max), ("-9223372036854775808", .min, .min, .min),
            ("9223372036854775806.5", .max - 1, .max, .max), ("9223372036854775807.4", .max, nil, .max),
            ("9223372036854775807.5", .max, nil, nil), ("-9223372036854775808.5", nil, .min, nil),
            ("18446744073709551615.5", nil, nil, nil), ("1000000000000000000000000000000000", nil, nil, nil),
        ] as [(String, Int64?, Int64?, Int64?)])
    func findsWholeNumbers(_ text: String, _ below: Int64?, _ above: Int64?, _ nearest: Int64?) throws {
        let value = try value(text)
        #expect(ExactDecimal.whole(value, .down) == below)
        #expect(ExactDecimal.whole(value, .up) == above)
        #expect(ExactDecimal.whole(value, .nearest) == nearest)
    }

    /// Every number of thousandths from -5 to 5, against whole arithmetic.
    @Test func findsTheWholeNumbersAroundEachThousandth() throws {
        for thousandths in -5000...5000 as ClosedRange<Int64> {
            let value = try #require(ExactDecimal.divide(Decimal(thousandths), 1000))
            let above = (thousandths + 5000 + 999) / 1000 - 5
            let away = (abs(thousandths) + 500) / 1000 * thousandths.signum()
            #expect(ExactDecimal.whole(value, .up) == above, "\(thousandths)")
            #expect(ExactDecimal.whole(value, .down) == (thousandths + 5000) / 1000 - 5, "\(thousandths)")
            #expect(ExactDecimal.whole(value, .nearest) == away, "\(thousandths)")
        }
    }

    @Test func leavesTheRangeWithNil() throws {
        let large = try value("1" + String(repeating: "0", count: 33))
        var product: Decimal? = large
        for _ in 0..<4 { product = product.flatMap { ExactDecimal.multiply($0, large) } }
        #expect(product == nil)
    }

    @Test func calculatesAsPythonDoes() async throws {
        var differences = Differences()
        let lines = try await OraclePython.lines("Tests/Core/Oracle/decimals.py")
        try #require(lines.count > 3000)
        for line in lines {
            let fields = line.split(separator: " ").map(String.init)
            let left = try value(fields[0])
            let right = try value(fields[2])
            let result =
                switch fields[1] {
                case "+": ExactDecimal.add(left, right)
                case "-": ExactDecimal.subtract(left, right)
                case "*": ExactDecimal.multiply(left, right)
                default: ExactDecimal.divide(left, right)
                }
            differences.expect(result.map { ExactDecimal.text($0) } ?? "nil", fields[3], "\(fields[0...2])")
        }
        #expect(differences.count == 0, "\(differences)")
    }
}
