import Testing

@testable import SwitchboardTerminal

@Suite struct LineEditorTests {
    @Test func warnsOfWhatIsMissing() {
        #expect(LineEditor.warnings(isUTF8: true, isVi: false).isEmpty)
        #expect(LineEditor.warnings(isUTF8: false, isVi: false) == ["no UTF-8 locale: only ASCII can be typed"])
        #expect(LineEditor.warnings(isUTF8: true, isVi: true).first?.contains("Alt-Enter") == true)
    }
}
