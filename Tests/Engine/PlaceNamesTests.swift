import Testing

@testable import SwitchboardEngine

/// How the journal knows a place of a script again that has been edited.
@Suite struct PlaceNamesTests {
    private func name(_ text: String) -> String { PlaceNames().name("search", text, at: 0) }

    @Test(arguments: [
        "search  livekit --area-code 415 | first", "search livekit --area-code 415  # the bay\n | first",
        "search livekit --area-code 415\n\n  | first",
    ])
    func blanksAndRemarksMeanNothing(text: String) {
        let lines = text.contains("\n") ? "search livekit --area-code 415\n| first" : nil
        #expect(name(text) == name(lines ?? "search livekit --area-code 415 | first"))
    }

    @Test(arguments: [
        ("search livekit --area-code 415", "search livekit --area-code 416"), ("print 'a b'", "print 'a  b'"),
        ("print 'a # b'", "print 'a '"), ("f -1", "f - 1"),
    ])
    func whatMeansSomethingElseIsAnotherPlace(one: String, other: String) { #expect(name(one) != name(other)) }

    @Test func placesWhereTheSameIsWrittenHaveNamesOfTheirOwn() {
        let names = PlaceNames()
        let first = names.name("search", "search  livekit", at: 0)
        #expect(names.name("search", "search livekit", at: 20) == first + ".2")
        #expect(names.name("search", "search  livekit", at: 0) == first)
    }
}
