import SwitchboardCore
import SwitchboardSandbox
import Testing

/// The account of an emulator that sells US numbers and nothing more.
@Suite struct NumberBookTests {
    private func book(_ store: DocumentStore = .inMemory) throws -> NumberBook {
        try NumberBook(documents: store.scope("book")) { "no_\($0)" }
    }

    @Test func sellsWhatIsForSaleAndNothingElse() throws {
        var book = try book()
        #expect(Array(book.forSale(areaCode: "415")).count == 50)
        #expect(Array(book.forSale(areaCode: "999")).isEmpty)
        #expect(Array(book.forSale(areaCode: nil).prefix(2)) == ["+12015550100", "+12015550101"])
        let bought = try book.buy("+14155550149")
        #expect(bought.id == "no_1" && book.held("+14155550149") == bought)
        #expect(!book.forSale(areaCode: "415").contains("+14155550149"))
        #expect(throws: NumberBook.Refusal.isHeld) { _ = try book.buy("+14155550149") }
        for strange in [
            "+14155550150", "+14155550099", "+14155560100", "+19995550100", "+442079460100", "+1415555+100",
        ] {
            #expect(throws: NumberBook.Refusal.isNotForSale) { _ = try book.buy(strange) }
        }
    }

    @Test func aReleasedNumberIsForSaleAgainUnderAnotherID() throws {
        var book = try book()
        _ = try book.buy("+14155550100")
        #expect(book.release(id: "no_1")?.e164 == "+14155550100")
        #expect(book.release(id: "no_1") == nil && book.held.isEmpty)
        #expect(try book.buy("+14155550100").id == "no_2")
        #expect(book.truth["history"]?.elements?.map { $0["event"] } == ["purchase", "purchase", "release"])
        #expect(book.truth["numbers"] == [["e164": "+14155550100", "id": "no_2"]])
    }

    @Test func aChangeIsCarriedOutOnceForAKey() throws {
        var book = try book()
        func buy(_ key: String?) throws -> SandboxAnswer {
            try book.once(key) { (201, ["id": .string(try $0.buy("+14155550100").id)]) }
        }
        let first = try buy("k")
        #expect(first.status == 201)
        #expect(try buy("k") == first)
        #expect(throws: NumberBook.Refusal.isHeld) { _ = try buy("other") }
        #expect(throws: NumberBook.Refusal.isHeld) { _ = try buy(nil) }
        _ = book.release(id: "no_1")
        // What was refused is not kept: it may be granted later.
        #expect(try buy("other").body == Array(#"{"id":"no_2"}"#.utf8))
    }

    @Test func remembersInTheNextProcess() throws {
        let folder = try ScratchFolder()
        let path = folder.path + "/sandbox.db"
        do {
            var book = try book(try DocumentStore(path: path))
            _ = try book.seed(["numbers": ["+442079460000"]])
            _ = try book.once("k") { (201, .string(try $0.buy("+14155550100").id)) }
            _ = try book.once("r") { (200, .string($0.release(id: "no_1")?.e164 ?? "")) }
        }
        var book = try book(try DocumentStore(path: path))
        #expect(book.held.map(\.id) == ["no_2"])
        #expect(book["no_1"]?.isReleased == true && book["no_1"]?.isBought == false)
        let again = try book.once("k") { _ in (500, .null) }
        #expect(again.status == 201 && again.body == Array(#""no_2""#.utf8))
        try book.reset()
        #expect(book.held.isEmpty && book.truth == ["numbers": [], "history": []])
    }

    @Test(arguments: [
        #"{}"#, #"{"numbers": "+14155550100"}"#, #"{"numbers": [1]}"#, #"{"numbers": ["415"]}"#,
        #"{"numbers": ["+14155550100", "+14155550100"]}"#, #"{"numbers": ["+14155550101"]}"#,
        #"{"numbers": [], "rules": []}"#,
    ])
    func aSeedThatMakesNoSenseChangesNothing(seed: String) throws {
        var book = try book()
        _ = try book.seed(["numbers": ["+14155550101"]])
        #expect(throws: SeedRefusal.self) { _ = try book.seed(try JSON(reading: seed)) }
        #expect(book.held.map(\.e164) == ["+14155550101"])
    }
}
