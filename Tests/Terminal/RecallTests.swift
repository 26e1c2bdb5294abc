import Testing

@testable import SwitchboardTerminal

@Suite struct RecallTests {
    @Test func whatWasTypedAndChangedComesBack() {
        var recall = Recall(["one", "two"])
        #expect(recall.newer(leaving: "draft") == nil)
        #expect(recall.older(leaving: "draft") == "two")
        #expect(recall.older(leaving: "two!") == "one")
        #expect(recall.older(leaving: "one") == nil)
        #expect(recall.newer(leaving: "one") == "two!")
        #expect(recall.newer(leaving: "two!") == "draft")
    }

    @Test func aPrefixSkipsOthersAndTheSame() {
        var recall = Recall(["buy a", "sell", "buy b", "buy b"])
        #expect(recall.older(beginning: "buy", leaving: "buy") == "buy b")
        #expect(recall.older(beginning: "buy", leaving: "buy b") == "buy a")
        #expect(recall.older(beginning: "buy", leaving: "buy a") == nil)
    }
}
