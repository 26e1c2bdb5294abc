import SwitchboardCore
import Testing

@Suite struct ScaledDecimalTests {
    private func number(_ text: String) throws -> ScaledDecimal { try #require(ScaledDecimal(text), "\(text)") }

    @Test(arguments: ["3.30", "0.00", "-1.10", "7", "100", "1.000", "0.1234567890"])
    func showsWhatWasWritten(_ text: String) throws {
        #expect(try number(text).description == text)
    }

    @Test(arguments: [
        ("1.10", "+", "2.20", "3.30"), ("1", "+", "2.50", "3.50"), ("1.10", "-", "2.2", "-1.10"),
        ("1.10", "*", "2.0", "2.200"), ("6.00", "/", "2", "3"), ("7.50", "/", "2.00", "3.75"),
        ("0.10", "-", "0.1", "0.00"),
    ])
    func keepsTheDigitsOfItsOperands(_ left: String, _ op: String, _ right: String, _ result: String) throws {
        let (left, right) = (try number(left), try number(right))
        let value =
            switch op {
            case "+": left.adding(right)
            case "-": left.subtracting(right)
            case "*": left.multiplied(by: right)
            default: left.divided(by: right)
            }
        #expect(value?.description == result)
    }

    @Test func whatItShowsCanBeRead() throws {
        let large = try number("1234567890123456789012345678901234")
        let product = try #require(large.multiplied(by: number("1.00")))
        #expect(product.description == "1234567890123456789012345678901234")
        let small = try #require(number("0.10").multiplied(by: number("0.1000000000000000000000000000000000")))
        #expect(ScaledDecimal(small.description) == small)
    }

    @Test func zerosMakeNoDifference() throws {
        #expect(try number("3.30") == number("3.3"))
        #expect(try Set([number("3.30"), number("3.3")]).count == 1)
        #expect(try number("3.30") < number("3.301"))
    }
}
