import SwitchboardCore
import Testing

@Suite struct SecretTests {
    @Test func nothingThatPrintsShowsIt() {
        let secret = Secret("hunter2")
        var dumped = ""
        dump([secret], to: &dumped)
        for text in ["\(secret)", String(reflecting: secret), "\([secret])", dumped] {
            #expect(!text.contains("hunter") && text.contains("••••••"), "\(text)")
        }
        #expect(secret.reveal() == "hunter2")
    }

    @Test(arguments: [("••••••", true), ("****", true), ("...", true), ("", false), ("hunter2", false), ("•2•", false)])
    func dotsAreAMaskOfOne(_ text: String, _ isMask: Bool) {
        #expect(Secret(text).isMask == isMask)
    }

    @Test func twoAreEqualByteForByte() {
        #expect(Secret("Z\u{FC}rich") == Secret("Z\u{FC}rich"))
        #expect(Secret("Z\u{FC}rich") != Secret("Zu\u{308}rich"), "equal as text")
        #expect(Set([Secret("a"), Secret("a"), Secret("b")]).count == 2)
    }
}
