import Testing

@Suite struct StatementTests {
    @Test(arguments: [
        ("", ""), ("\n\n# only a comment\n;;\n", ""), ("list; list\nlist", "list!; list!; list!"),
        ("param --area: string", "param area: string"),
        (
            "param --area-code: string = 0415   #  where to buy  \nlist",
            "param area-code: string = number:0415 #where to buy; list!"
        ),
        ("param --a: list<id<agent>>? = [\n1 2]  # help\n", "param a: list<id<agent>>? = [number:1 number:2] #help"),
        ("param --a: int\n# not its help", "param a: int"), ("param --a: int #", "param a: int"),
        ("use ./lib.swb", "use ./lib.swb"), ("use ~/lib/a.swb", "use ~/lib/a.swb"),
        ("let x = 5", "let x = number:5"), ("let x: int = 5", "let x: int = number:5"),
        ("let x: a<b>? = 5", "let x: a<b>? = number:5"),
        ("let x = list | first", "let x = list! | first!"), ("let x = $y | first", "let x = $y | first!"),
        ("let x = $y + 1 | floor", "let x = ($y + number:1) | floor!"),
        ("let x = if $a { 1 } else { 2 }", "let x = if $a {number:1} else {number:2}"),
        ("let x = not $a", "let x = (not $a)"), ("let x = true", "let x = bool:true"),
        ("let x = sites.csv", "let x = sites.csv"),
        ("let a = transaction { x }", "let a = transaction {x!}"),
        ("def f [] { x }", "def f [] {x!}"),
        (
            "def buy [--area: string = '415'  site: string, n: int] -> list<number> { x }",
            "def buy [--area: string = '415', site: string, n: int] -> list<number> {x!}"
        ),
        ("def f [\n  --a: int  # one\n  b: int\n] {\n  return $a\n}", "def f [--a: int, b: int] {return $a}"),
        ("if $a { x }", "if $a {x!}"), ("if $a { } else { y }", "if $a {} else {y!}"),
        ("if $a { x }\nelse if $b { y }\n\n# c\nelse { z }", "if $a {x!} else if $b {y!} else {z!}"),
        ("if $a == {x: 1} { y }", "if ($a == {x: number:1}) {y!}"),
        ("for n in $numbers { print $n }", "for n in $numbers {print! $n}"),
        ("for n in [1 2] | first { }", "!L030; for n in nothing:nothing {}"),
        ("for n in (list | first 2) { $n }", "for n in (list! | first! number:2) {$n}"),
        ("try { a }", "try {a!}"), ("try { a } catch { b }", "try {a!} catch {b!}"),
        ("try { a }\ncatch e { fail $e.message }", "try {a!} catch e {fail! $e.message}"),
        ("return", "return"), ("return 1 + 2", "return (number:1 + number:2)"),
        ("return list | first", "return list! | first!"),
        ("def f [] { return }", "def f [] {return}"), ("return if $a { 1 }", "return if $a {number:1}"),
    ])
    func aStatementIsRead(text: String, tree: String) {
        #expect(Reading.tree(text) == tree)
    }

    @Test(arguments: [
        ("param area: string", "L030 1:7"), ("param --a string", "L030 1:11"), ("param --in: int", "L040 1:7"),
        ("list\nparam --a: int", "L043 2:1"), ("if $a { param --a: int }", "L044 1:9"),
        ("if $a { use ./a.swb }", "L044 1:9"),
        ("use lib.swb", "L030 1:5"), ("use './lib.swb'", "L030 1:5"),
        ("let x", "L042 1:5"), ("let x 5", "L042 1:5"), ("let x =", "L030 1:8"), ("let x == 5", "L053 1:7"),
        ("let = 5", "L030 1:5"), ("let $x = 5", "L041 1:5"), ("let for = 5", "L040 1:5"), ("let größe = 5", "L041 1:5"),
        ("let 2x = 5", "L041 1:5"), ("let x:int = 5", "L041 1:5"), ("let a.b = 5", "L041 1:5"),
        ("let x: = 5", "L030 1:8"),
        ("def f { x }", "L030 1:7"), ("def f [a] { x }", "L030 1:9"), ("def f [a: int = 5] { x }", "L030 1:15"),
        ("def f []", "L047 1:9"),
        ("def and [] { x }", "L040 1:5"), ("def f [5] { x }", "L030 1:8"),
        ("if $a", "L047 1:6"), ("if { x }", "L030 1:4"), ("if $a\n{ x }", "L047 1:6"),
        ("if $a { x } elif $b { y }", "L030 1:13"),
        ("else { x }", "L048 1:1"), ("catch e { x }", "L048 1:1"), ("for x $y { }", "L030 1:7"),
        ("for $x in $y { }", "L041 1:5"),
        ("try x", "L047 1:5"), ("while $a { x }", "L046 1:1"), ("foreach x { y }", "L046 1:1"), ("$x = 5", "L045 1:1"),
        ("$x += 5", "L045 1:1"),
        ("x = 5", "L030 1:1"), ("| first", "L037 1:1"), ("1 + 2", "L051 1:3"), ("not $x", "L051 1:1"),
        ("list }", "L032 1:6"),
        ("list )", "L032 1:6"), ("]", "L032 1:1"), ("5 6", "L030 1:3"), ("$a { x }", "L030 1:4"),
        ("let x: list<int = 5", "L030 1:17"),
    ])
    func aFaultyStatementHasOneFault(text: String, fault: String) {
        #expect(Reading.faults(text) == [fault])
    }
}
