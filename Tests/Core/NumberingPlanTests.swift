import SwitchboardCore
import Testing

@Suite struct NumberingPlanTests {
    private func number(_ text: String) throws -> E164 { try #require(E164(text), "\(text)") }

    @Test func tellsAboutALocalNumber() throws {
        let number = try number("+14155550100")
        #expect(number.countryCallingCode == 1)
        #expect(number.region == "US")
        #expect(number.isValid)
        #expect(number.isPossible)
        #expect(number.numberType == .local)
        #expect(number.nationalNumber == "4155550100")
        #expect(number.nationalDisplay == "(415) 555-0100")
        #expect(number.internationalDisplay == "+1 415-555-0100")
        #expect(number.areaCode == "415")
        #expect(number.locality == "San Francisco")
        #expect(number.state == "CA")
    }

    @Test func tollFreeHasAnAreaCodeAndNoPlace() throws {
        let number = try number("+18885550100")
        #expect(number.numberType == .tollFree)
        #expect(number.areaCode == "888")
        #expect(number.locality == nil)
        #expect(number.state == nil)
    }

    @Test func neighboursOfOneCallingCodeAreApart() throws {
        #expect(try number("+16135550100").region == "CA")
        #expect(try number("+16135550100").areaCode == nil)
        #expect(try number("+17875550100").region == "PR")
        #expect(try number("+442079460018").region == "GB")
        #expect(try number("+447624300123").region == "IM")
        #expect(try number("+390669812345").region == "VA")
    }

    @Test func numberOfNoCountryHasNoRegion() throws {
        let number = try number("+80012345678")
        #expect(number.countryCallingCode == 800)
        #expect(number.region == nil)
        #expect(number.isValid)
        #expect(number.numberType == .tollFree)
    }

    @Test func unknownCallingCodeHasNoPlan() throws {
        let number = try number("+99912345678")
        #expect(number.countryCallingCode == nil)
        #expect(number.region == nil)
        #expect(!number.isValid)
        #expect(!number.isPossible)
        #expect(number.numberType == .unknown)
        #expect(number.nationalNumber == "99912345678")
        #expect(number.nationalDisplay == "99912345678")
        #expect(number.internationalDisplay == "+99912345678")
    }

    @Test func trunkZeroIsPartOfTheDigits() throws {
        #expect(try number("+442079460018").isValid)
        #expect(try !number("+4402079460018").isValid)
        #expect(try number("+390612345678").nationalDisplay == "06 1234 5678")
    }

    @Test(arguments: ["645", "329", "728", "235", "686", "472", "983", "363"])
    func knowsNewAreaCodes(_ code: String) throws {
        let number = try number("+1\(code)5550142")
        #expect(number.isValid)
        #expect(number.region == "US")
        #expect(number.state != nil)
        #expect(NumberingPlan.area(code)?.state == number.state)
    }

    @Test func listsTheAreasOfTheUS() throws {
        let areas = NumberingPlan.usAreas
        #expect(areas.count >= 350)
        #expect(areas.map(\.areaCode) == areas.map(\.areaCode).sorted())
        #expect(Set(areas.map(\.state)).count == 51)
        #expect(areas.filter { $0.locality != nil }.count > 250)
        #expect(NumberingPlan.area("212")?.locality == "New York")
        #expect(NumberingPlan.area("202")?.state == "DC")
        #expect(NumberingPlan.area("645") == areas.first { $0.areaCode == "645" })
        for code in ["800", "888", "613", "787", "000", "", "4155", "99", "999"] {
            #expect(NumberingPlan.area(code) == nil, "\(code)")
        }
    }

    @Test func knowsTheCallingCodesOfRegions() {
        #expect(NumberingPlan.callingCode(of: "US") == 1)
        #expect(NumberingPlan.callingCode(of: "GB") == 44)
        #expect(NumberingPlan.callingCode(of: "XX") == nil)
        #expect(NumberingPlan.regions.count == 245)
    }
}
