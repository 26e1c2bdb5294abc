import SwitchboardLanguage
import Testing

@Suite struct RecoveryTests {
    @Test(
        arguments: [
            ("let = 1\nprint ok\nlet = 2\nprint ok\nlet = 3", ["L030 1:5", "L030 3:5", "L030 5:5"]),
            ("print 'a\nprint ok", ["L014 1:7"]), ("print (1 + 2\nlet y = 3 4\nprint ok", ["L031 1:7", "L030 2:11"]),
            ("print (1 + 2\nprint $x\nlet = 5", ["L031 1:7", "L030 3:5"]),
            ("print [1 2\nlet y = 3\nlet = 5", ["L031 1:7", "L030 3:5"]),
            ("print (1 +\n  2\n  foo 3)\nlet = 5", ["L030 3:3", "L030 4:5"]),
            ("if ($a ==) {\n  let = 5\n}\nlet = 6", ["L030 1:10", "L030 2:7", "L030 4:5"]),
            ("if $a = {x: 1} {\n  let = 5\n}", ["L053 1:7", "L030 2:7"]),
            ("each {\n  let = 5\n  list }\n}", ["L030 2:7", "L032 4:1"]),
            ("while $x {\n  let = 5\n}\nlet = 6", ["L046 1:1", "L030 4:5"]),
            ("def f [a {\n  list\n}\nlet = 6", ["L030 1:10", "L030 4:5"]),
            ("list |\n| where .a = 1\n| first\nlet = 6", ["L036 1:6", "L030 4:5"]),
            ("list | .a\n| first\nlet = 6", ["L030 1:8", "L030 3:5"]),
            ("if $a {\n  list\nlet = 6", ["L030 3:5", "L031 1:7"]),
            ("try { list ) }\nlet = 6", ["L033 1:12", "L030 2:5"]),
            ("5 6 7 8; let = 6", ["L030 1:3", "L030 1:14"]),
            ("print {a: 1, b 2, c 3}\nlet = 6", ["L030 1:16", "L030 2:5"]),
            ("read x --columns {\n  a: string\n  b string\n}\nlet = 6", ["L030 3:5", "L030 5:5"]),
            ("(((\nlet = 6", ["L031 1:3", "L030 2:5"]),
            ("list ] ] ]\nlet = 6", ["L032 1:6", "L030 2:5"]),
            ("let x = 5 \u{7} \\ 6\nlet = 6", ["L002 1:11", "L010 1:13", "L030 2:5"]),
            ("list % 5 % 6\nlet = 6", ["L010 1:6", "L010 1:10", "L030 2:5"]),
            ("if $a { x } else if { y } else { z }\nlet = 6", ["L030 1:21", "L030 2:5"]),
            ("transaction\nlet = 6", ["L047 1:12", "L030 2:5"]), ("$a && $b\nlet = 6", ["L053 1:4", "L030 2:5"]),
            ("each row {\n  if $a {\n    list\n}", ["L031 1:10"]),
        ] as [(String, [String])])
    func everyCauseGivesOneFault(text: String, faults: [String]) {
        #expect(Reading.faults(text).sorted() == faults.sorted())
    }

    @Test func whatIsSoundStaysInTheTree() {
        #expect(
            Reading.tree("let a = 1\nlet = 2\nif $a { let = 3; list }\nprint $a")
                == "!L030; !L030; let a = number:1; if $a {list!}; print! $a")
    }

    @Test func theFaultsOfAHopelessTextAreCut() {
        let faults = Reading.faults(String(repeating: "let = 5\n", count: 1_000))
        #expect(faults.count == Parser.faultLimit + 1)
        #expect(faults.last == "L061 101:5")
    }
}
