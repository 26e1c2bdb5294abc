import Testing

@Suite struct ExpressionTests {
    @Test(arguments: [
        ("1 + 2 * 3", "(1 + (2 * 3))"), ("1 - 2 - 3", "((1 - 2) - 3)"), ("8 / 4 / 2", "((8 / 4) / 2)"),
        ("1 + 2 == 3 and 4 < 5 or 6 >= 7", "((((1 + 2) == 3) and (4 < 5)) or (6 >= 7))"),
        ("not 1 == 2", "(not (1 == 2))"),
        ("not 1 and not 2", "((not 1) and (not 2))"), ("1 ?? 2 ?? 3", "((1 ?? 2) ?? 3)"),
        ("1 ?? 2 + 3", "(1 ?? (2 + 3))"),
        ("1 in [1 2]", "(1 in [1 2])"), ("[1] has 1", "([1] has 1)"), ("1 matches 2", "(1 matches 2)"),
        ("1 != 2", "(1 != 2)"), ("1 <= 2", "(1 <= 2)"),
        ("1 > 2", "(1 > 2)"), ("1 or 2 and 3", "(1 or (2 and 3))"),
    ])
    func precedenceAndAssociation(text: String, tree: String) {
        #expect(Reading.tree("where \(text)").replacing("number:", with: "") == "where \(tree)")
    }

    @Test(arguments: [
        (".a.b? == $row.c", "(.a.b? == $row.c)"), ("$x == 'y'", "($x == 'y')"),
        ("(list | count) > 3", "((list! | count!) > number:3)"),
        ("(not $a) == $b", "(((not $a)) == $b)"),
        (".a == agent_01J8Z3K9QW8R4V2M6T0XBYCDEF", "(.a == agent_01J8Z3K9QW8R4V2M6T0XBYCDEF)"),
        (".p == ./x.csv", "(.p == path:./x.csv)"), (".m < 2.00USD", "(.m < money:2.00USD)"),
        (".t > 2026-11-20", "(.t > time:2026-11-20)"),
        (".d < 1h30m", "(.d < duration:1h30m)"), (".n == -2", "(.n == number:-2)"),
        ("(\n.a ==\n1\n)", "((.a == number:1))"),
        ("{a: 1 + 2, b: $x} has 'a'", "({a: (number:1 + number:2), b: $x} has 'a')"), ("{:} == $x", "({:} == $x)"),
        ("{in: 1 and: 2 'a b': x}", "{in: number:1, and: number:2, a b: x/<x>}"), ("{a: x < y}", "{a: (x < y)}"),
        ("{a: true b: nothing}", "{a: bool:true, b: nothing:nothing/<nothing>}"), ("[]", "[]"),
        ("[1, 2 3,]", "[number:1 number:2 number:3]"),
        ("[[1] [2]]", "[[number:1] [number:2]]"), ("[(1 + 2) x]", "[((number:1 + number:2)) x]"), ("[+12]", "[+12]"),
        ("(1).a", "(number:1).a"),
    ])
    func operandsAreRead(text: String, tree: String) {
        #expect(Reading.tree("where \(text)") == "where \(tree)")
    }

    @Test(arguments: [
        ("1 < 2 < 3", "L052 1:13"), ("2*3", "L050 1:7"), ("$a+1", "L050 1:9"), ("1 +2", "L050 1:9"),
        ("1 -2", "L050 1:9"), (".a==1", "L050 1:9"),
        (".a ==1", "L050 1:10"), (".a -$b", "L050 1:10"), (".a = 1", "L053 1:10"), (".a && .b", "L053 1:10"),
        (".a || .b", "L053 1:10"),
        ("! .a", "L053 1:7"), (".a <> 1", "L053 1:10"), (".a === 1", "L053 1:10"), (".a =~ 'x'", "L053 1:10"),
        (".a is 1", "L053 1:10"),
        (".a contains 1", "L053 1:10"), (".a == not .b", "L054 1:13"), ("not not .a", "L054 1:11"),
        (".a not in .b", "L054 1:10"), ("1 +", "L030 1:10"),
        ("== 1", "L030 1:7"), ("(1", "L031 1:7"), ("(1]", "L033 1:9"), ("()", "L030 1:8"),
        ("(if $a { 1 })", "L030 1:8"), ("[1 + 2]", "L051 1:10"),
        ("[1", "L031 1:7"), ("['a''b']", "L035 1:11"), ("[,]", "L030 1:8"), ("{a 1}", "L030 1:7"),
        ("{a: 1, a: 2}", "L049 1:14"), ("{a:1}", "L030 1:8"),
        ("{a: 1 2: 3}", "L041 1:13"), ("{}", "L030 1:7"), ("+12 == .a", "L011 1:7"), ("2026-99-01 == .a", "L012 1:7"),
        (".5 == .a", "L013 1:7"),
        ("in == 1", "L030 1:7"), (".a == 'x' 'y'", "L030 1:17"), (".a ! .b", "L053 1:10"), ("-$x", "L030 1:7"),
        ("(1 2)", "L030 1:10"), ("1 + --x", "L030 1:11"),
    ])
    func aFaultyExpressionHasOneFault(text: String, fault: String) {
        #expect(Reading.faults("where \(text)") == [fault])
    }
}
