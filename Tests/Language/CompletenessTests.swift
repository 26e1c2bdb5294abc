import SwitchboardLanguage
import Testing

@Suite struct CompletenessTests {
    @Test(arguments: [
        ("", true), ("list", true), ("list |", false), ("list | # comment", false), ("list |\n\n", false),
        ("list | first", true),
        ("each row {", false), ("each row {\n a\n", false), ("each row {\n a\n}", true), ("print (1 +", false),
        ("print (1 + 2", false), ("let x = [1\n2", false),
        ("read --columns {a: string,", false), ("read --columns {", false), ("print \"abc", false),
        ("print 'abc\nlist )", false), ("print 'a' 'b", false),
        ("let x =", true), ("if $a", true), ("let = (", true), ("print )", true), ("print ) (", true), ("(1]", true),
        ("print \"\\q\" (", true),
        ("each { let = \n", true), ("each { list |", false), ("{ ( [", true), ("{", false), ("try {", false),
        ("try { a }", true),
        ("if $a {\n} else {", false), ("a || (", true),
        ("each { a\n\"", false), ("# (", true), ("'('", true), ("print (1 + 2\nlet x = 5", true), ("def f [", false),
        ("def f [--a: int", false), ("def f [] {", false),
        ("param --a: list<int", true), ("print a\u{7} (", true), ("wait-until --timeout 5s {", false),
        ("list | where (.a ==", false), ("explain { list |", false),
    ])
    func completeMeansThatNothingIsOpenOrNothingHelps(text: String, isComplete: Bool) {
        #expect(Parser.isComplete(text) == isComplete)
    }

    @Test(
        arguments: [
            ("", []), ("each {", ["{"]), ("each { print (1 + [", ["{", "(", "["]), ("print \"abc", ["\""]),
            ("each { print 'a", ["{", "'"]), ("list |", ["|"]),
            ("each { list |\n", ["{", "|"]), ("(1)", []), ("print '(' # {", []), ("print 'x\n(", ["'"]),
            ("({)", ["(", "{"]),
        ] as [(String, [String])])
    func whatIsOpenIsNamed(text: String, open: [String]) {
        #expect(Parser.openBrackets(text) == open)
    }
}
