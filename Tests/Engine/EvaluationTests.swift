import FoundationEssentials
import SwitchboardCore
import SwitchboardEngine
import SwitchboardLanguage
import SwitchboardTestKit
import Testing

/// What scripts compute, printed.
@Suite struct EvaluationTests {
    private func printed(_ script: String) async throws -> [String] {
        let outcome = try await Workspace().run(script)
        return outcome.printed + outcome.report.diagnostics.map { "\($0.code) \($0.message)" }
    }

    private func expect(_ script: String, prints lines: [String], at location: SourceLocation = #_sourceLocation)
        async throws
    {
        let printed = try await printed(script)
        #expect(printed == lines, sourceLocation: location)
    }

    @Test(arguments: [
        ("1 == nothing", "false"), ("nothing == nothing", "true"), ("1 != nothing", "true"), ("nothing == 1", "false"),
        ("nothing != nothing", "false"), ("nothing < 1", "nothing"), ("not (nothing < 1)", "nothing"),
        ("not (1 == nothing)", "true"), ("({a: nothing}).a == 1", "nothing"), ("({a: nothing}).a != nothing", "false"),
        ("true and (nothing < 1)", "nothing"), ("false and (nothing < 1)", "false"),
        ("(nothing < 1) and false", "false"), ("true or (nothing < 1)", "true"), ("(nothing < 1) or true", "true"),
        ("false or (nothing < 1)", "nothing"), ("(nothing < 1) or (nothing < 1)", "nothing"),
        ("nothing ?? 3", "3"), ("2 ?? 3", "2"), ("nothing + 1", "nothing"), ("nothing in [1 2]", "nothing"),
        ("nothing in [1 nothing]", "true"), ("not (nothing in [1 2])", "nothing"),
        ("nothing matches '*'", "nothing"), ("({a: nothing}).a ?? 'none'", "none"),
    ])
    func nothingWorksLikeNull(expression: String, value: String) async throws {
        try await expect("print (\(expression))", prints: [value])
    }

    @Test(arguments: [
        ("1 + 2", "3"), ("7 / 2", "3.5"), ("6 / 2", "3"), ("2 + 3 * 4", "14"), ("(2 + 3) * 4", "20"),
        ("10 - 2 - 3", "5"),
        ("1.10 + 2.20", "3.30"), ("1 + 2.50", "3.50"), ("1.10 * 2.0", "2.200"), ("6.00 / 2", "3"), ("3.30", "3.30"),
        ("0.1 + 0.2", "0.3"), ("0.1 + 0.2 == 0.3", "true"), ("1 == 1.0", "true"), ("1 < 1.5", "true"),
        ("10 / 3", "3.333333333333333333333333333333333"), ("2 / 3", "0.6666666666666666666666666666666667"),
        ("9223372036854775807 - 1", "9223372036854775806"), ("-3 * 4", "-12"),
        ("123456789012345678901234567890123.5 - 123456789012345678901234567890122.5", "1.0"),
        ("2.00USD + 1.50USD", "3.50USD"), ("2.00USD * 3", "6.00USD"), ("3 * 2.00USD", "6.00USD"),
        ("1.00USD / 4", "0.25USD"), ("2.0USD == 2.00USD", "true"), ("1.00USD < 1.01USD", "true"),
        ("90s + 1h", "1h1m30s"), ("1h - 90m", "-30m"), ("90s * 2", "3m"), ("1h == 60m", "true"),
        ("2026-11-20 + 36h", "2026-11-21T12:00:00Z"), ("36h + 2026-11-20", "2026-11-21T12:00:00Z"),
        ("2026-11-21 - 2026-11-20", "1d"), ("2026-11-20 < 2026-11-21", "true"),
        ("'a' < 'b'", "true"), ("'ell' in 'hello'", "true"), ("2 in [1 2 3]", "true"), ("[1 2] has 3", "false"),
        ("{a: 1} has 'a'", "true"), ("'hello' has 'z'", "false"), ("[1 2] == [1 2]", "true"),
        ("[1 nothing] == [1.0 nothing]", "true"),
        ("[1] == [2]", "false"), ("{a: [1]} == {a: [1.0]}", "true"), ("{a: 1} == {b: 1}", "false"),
        ("[1] == []", "false"), ("'' in 'a'", "true"),
        ("+14155550100 == +14155550100", "true"), ("+14155550100 matches '+1415*'", "true"),
        ("not (1 == 2)", "true"), ("1 == 1 and 2 == 2", "true"), ("true == false", "false"),
    ])
    func operatorsAreExact(expression: String, value: String) async throws {
        try await expect("print (\(expression))", prints: [value])
    }

    @Test(arguments: [
        ("9223372036854775807 + 1", "R201 the result is larger than 64 bits hold"),
        ("9223372036854775807 * 2", "R201 the result is larger than 64 bits hold"),
        ("1 / 0", "R201 a division by zero"), ("1.5 / 0.0", "R201 a division by zero"),
        ("1.00USD / 0", "R201 1.00USD cannot be divided by zero"),
        ("$any.usd + $any.eur", "R201 cannot add 1.00USD and 1.00EUR: they are of two currencies"),
        ("$any.usd == $any.eur", "R201 cannot compare 1.00USD and 1.00EUR: they are of two currencies"),
        ("$any.usd < $any.eur", "R201 cannot compare 1.00USD and 1.00EUR: they are of two currencies"),
        ("$any.phone == $any.text", "R201 a phone number cannot be compared with a text"),
        ("$any.text != $any.int", "R201 a text cannot be compared with an int"),
        ("$any.long * $any.max", "R201 the result is longer than a duration can be"),
        ("15000000000w + 15000000000w", "R201 the result is longer than a duration can be"),
        ("2026-11-20 + 999999w", "R201 the result is no time of the years 0 to 9999"),
        ("$any.long - $any.time", "R201 '-' does not work on a duration and a time"),
        ("$any.secret == $any.secret", "R201 a secret cannot be compared with a secret"),
        ("1.00USD + 1.00EUR", "C027 1.00USD and 1.00EUR are of two currencies"),
        ("1.00USD < 1.00EUR", "C027 1.00USD and 1.00EUR are of two currencies"),
        ("1.00USD + 1", "C027 '+' does not work on an amount of money and an int"),
        ("5/s < 6/s", "C025 a rate has no order"),
    ])
    func noResultIsWrong(expression: String, fault: String) async throws {
        #expect(try await run("print (\(expression))", any: Self.values) == [fault])
    }

    /// Every shape of operands gives what the general rule gives.
    @Test(arguments: ["+", "-", "*", "<", "<=", ">", ">=", "==", "!="])
    func everyShapeOfOperandsIsOneOperator(op: String) async throws {
        let shapes = ["$three", "3", "$r.three", "(1 + 2)", "({n: 3}).n"]
        let names = "let three = 3\nlet r = {three: 3}\n"
        let pairs = shapes.flatMap { left in shapes.map { "(\(left) \(op) \($0))" } }
        let items = shapes.map { "([{three: 3}] | where (.three \(op) \($0)) == (3 \(op) 3) | count)" }
        let expected = try await printed("print ((3 \(op) 3))")
        try await expect(
            names + "print " + pairs.joined(separator: " "),
            prints: [Array(repeating: expected[0], count: pairs.count).joined(separator: " ")])
        try await expect(
            names + "print " + items.joined(separator: " "),
            prints: [Array(repeating: "1", count: items.count).joined(separator: " ")])
        let large = "let big = 9223372036854775807\nlet r = {big: $big}\n"
        if ["+", "*"].contains(op) {
            for pair in ["$big \(op) 2", "$r.big \(op) $big", "(1 * $big) \(op) $r.big"] {
                try await expect(large + "print (\(pair))", prints: ["R201 the result is larger than 64 bits hold"])
            }
        }
    }

    @Test func aLoopOverARangeCountsWithoutAList() async throws {
        try await expect(
            "for i in (range 9223372036854775806 9223372036854775807) { print $i }",
            prints: [
                "9223372036854775806", "9223372036854775807",
            ])
        try await expect("for i in (range 3 1) { print $i }\nprint (range -1 1) (range 2 2)", prints: ["[-1 0 1] [2]"])
        try await expect("let n = 2\nfor i in (range $n ($n + 1)) { print $i }", prints: ["2", "3"])
        try await expect(
            "range 1 10000001 | sort-by", prints: ["R201 a list holds at most 10000000 numbers"])
        try await expect(
            "let x = range -9223372036854775808 9223372036854775807",
            prints: ["R201 a list holds at most 10000000 numbers"])
    }

    @Test func aLongLoopCanBeCancelled() async throws {
        let cancel = CancelToken()
        async let run = Workspace().run(
            "for i in (range 1 9223372036854775807) { let a = $i }", cancel: cancel)
        try await Task.sleep(for: .milliseconds(50))
        cancel.cancel()
        #expect(try await run.status == 130)
    }

    private static let values: Value = .record(
        Record(
            nil,
            [
                .init("usd", .money(Money(1, "USD"))), .init("eur", .money(Money(1, "EUR"))),
                .init("phone", .phone(e164(0))), .init("text", .string("+14155550100")), .init("int", .int(1)),
                .init("long", .duration(.seconds(604_800))), .init("max", .int(.max)), .init("time", .time(.init())),
                .init("secret", .secret(Secret("hunter2"))), .init("n", .nothing),
            ]))

    /// Runs with the name `$any`, whose type the check does not know.
    private func run(_ script: String, any: Value) async throws -> [String] {
        let outcome = try await Workspace().run(script, names: [.init(name: "any", value: any, type: .any)])
        return outcome.printed + outcome.report.diagnostics.map { "\($0.code) \($0.message)" }
    }

    @Test func aSecretStaysOne() async throws {
        let workspace = try Workspace()
        let path = try workspace.file("s.csv", "name,token\na,hunter2\n")
        let read = "let r = read \(path) --columns {name: string, token: secret} | first\n"
        #expect(await workspace.run(read + "print \"$r.token\"").faults.map { $0.prefix(4) } == ["C021"])
        let outcome = await workspace.run(read + "print $r.token $r\n$r | write \(workspace.folder)/out.json")
        #expect(outcome.status == 0)
        #expect(!outcome.printed.joined().contains("hunter"))
        let written = try String(contentsOf: URL(filePath: workspace.folder + "/out.json"), encoding: .utf8)
        #expect(!written.contains("hunter"))
        #expect(
            try await run("print \"${any.secret}\"", any: Self.values) == [
                "R201 a secret never becomes part of a text"
            ])
        #expect(try await run("agent add $any.secret", any: Self.values).first?.contains("hunter") == false)
    }

    @Test func nothingIsNoEmptyText() async throws {
        #expect(
            try await run("let x: string = $any.n", any: Self.values) == ["R201 string is wanted, and this is nothing"])
        #expect(try await run("let x: string? = $any.n\nprint $x", any: Self.values) == ["nothing"])
        #expect(try await run("agent add $any.n", any: Self.values) == ["R201 string is wanted, and this is nothing"])
    }

    @Test(arguments: [
        ("", "", true), ("", "a", false), ("*", "", true), ("a*c", "abbc", true), ("a*c", "abcd", false),
        ("?", "ä", true), ("a?c", "ac", false), ("[a-c]x", "bx", true), ("[!a-c]x", "bx", false),
        ("[!a-c]x", "dx", true),
        ("*.csv", "a.csv.csv", true), ("**a**", "bab", true), ("[", "[", true), ("[]", "[]", true), ("[a", "[a", true),
        ("a*b*c*d", "aXbXcXd", true), ("+1415555*", "+14155550100", true), ("[a-]", "-", true),
        ("*a*a*a*a*a*a*a*a*a*a*b", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", false),
    ])
    func aGlobFitsTheWholeText(pattern: String, text: String, fits: Bool) async throws {
        try await expect("print ('\(text)' matches '\(pattern)')", prints: ["\(fits)"])
    }

    @Test(arguments: [
        ("[3 1 2] | first", "3"), ("[3 1 2] | first 2", "[3 1]"), ("[3 1] | first 9", "[3 1]"), ("[3 1 2] | last", "2"),
        ("[3 1 2] | last 2", "[1 2]"), ("[] | count", "0"), ("[] | first 2", "[]"), ("[nothing 1] | first", "nothing"),
        ("{a: 1, b: 2} | select .b", "{b: 2}"), ("[{a: {b: 3}}] | select .a.b", "[{b: 3}]"),
        ("([{a: 1} {a: 2}] | where .a > 1)", "[{a: 2}]"), ("[{a: 1}] | where .a > 1 | count", "0"),
        ("{a: 1} | where .a > 1 | count", "0"), ("[{a: 2} {a: 1}] | sort-by .a", "[{a: 1} {a: 2}]"),
        (
            "[{a: 1, b: 1} {a: nothing, b: 2} {a: 1, b: 3} {a: 0, b: 4}] | sort-by .a | select .b",
            "[{b: 4} {b: 1} {b: 3} {b: 2}]"
        ),
        (
            "[{a: 1, b: 1} {a: nothing, b: 2} {a: 1, b: 3} {a: 2, b: 4}] | sort-by .a --desc | select .b",
            "[{b: 4} {b: 1} {b: 3} {b: 2}]"
        ),
        ("[{a: true} {a: false}] | sort-by .a", "[{a: false} {a: true}]"),
        ("[3 1 nothing 2] | sort-by", "[1 2 3 nothing]"),
        ("[{a: 1, b: 2} {a: 1, b: 1} {a: 0, b: 9}] | sort-by .a .b", "[{a: 0, b: 9} {a: 1, b: 1} {a: 1, b: 2}]"),
        ("[3 1 nothing 2] | sort-by --desc", "[3 2 1 nothing]"),
        ("[{a: 1} {b: 1}] | select .a?", "[{a: 1} {a: nothing}]"),
    ])
    func valuesFlow(pipeline: String, value: String) async throws {
        try await expect("print (\(pipeline))", prints: [value])
    }

    @Test(arguments: [
        ("[] | first", "R203 nothing was found"), ("[] | last", "R203 nothing was found"),
        (
            "[{a: 1.00USD} {a: 1.00EUR}] | sort-by .a",
            "R201 cannot compare 1.00EUR and 1.00USD: they are of two currencies"
        ),
        ("select .a", "C030 nothing flows in"),
        ("count", "C030 nothing flows in"), ("'abc' | count", "C030 a list is needed, and this is a string"),
        ("[1] | first 0", "C007 first takes 1 or more, not 0"), ("[1] | last -1", "C007 last takes 1 or more, not -1"),
        ("list | sort-by .capabilities", "C021 '.capabilities' has no order: it is a list<string>"),
        ("list | sort-by", "C021 an item has no order: it is a number"),
        ("[{a: {x: 1}, b: {x: 2}}] | select .a.x .b.x", "C030 two of the fields are called 'x'"),
        ("[{a: [1]} {a: [2]}] | sort-by .a", "C021 '.a' has no order: it is a list<int>"),
        ("[1] | select .a", "C012 an int has no field 'a'"),
    ])
    func whatCannotFlowIsSaid(pipeline: String, fault: String) async throws {
        try await expect("print (\(pipeline))", prints: [fault])
    }

    @Test func anEmptyListStaysOneThroughACommand() async throws {
        try await expect("for n in (list | select .e164) { print $n }\nprint (list | select .e164)", prints: ["[]"])
        try await expect("list | release\nprint 'done'", prints: ["done"])
    }

    @Test func namesEndWithTheirBlock() async throws {
        #expect(
            try await printed(
                """
                for x in [1 2] { let y = $x * 2; for z in [10 20] { print ($y + $z) } }
                if true { let y = 'then'; print $y } else { let y = 'else'; print $y }
                let v = if 1 > 2 { 'a' } else if 2 > 1 { let w = 'b'; $w } else { 'c' }
                print $v
                let none = if 1 > 2 { 'a' }
                print $none
                """) == ["12", "22", "14", "24", "then", "b", "nothing"])
    }

    @Test func literalsThatArePrintedAreRead() async throws {
        let values = [#""it's $5 \"now\"\n""#, "'plain'", "+14155550100", "1h30m", "2.00USD", "{a: [1 2.5], b: {:}}"]
        for value in values {
            let once = try await printed("print [\(value)]")
            #expect(once.count == 1)
            #expect(try await printed("print \(once[0])") == once)
        }
        let odd = Value.record(Record(nil, [.init("a b", .string("it's")), .init("ok_1", .nothing)]))
        let text = try await run("print [$any]", any: odd)
        #expect(text == [#"[{'a b': "it's", ok_1: nothing}]"#])
        #expect(try await printed("print \(text[0])") == text)
    }

    @Test func deepNestingIsAFaultAndNoCrash() async throws {
        let deep = String(repeating: "(", count: 5000) + "1" + String(repeating: ")", count: 5000)
        #expect(try await printed("print \(deep)").count == 1)
        let lists = String(repeating: "[", count: 60) + "1" + String(repeating: "]", count: 60)
        try await expect("print \(lists)", prints: [lists])
        let sum = "0" + String(repeating: " + 1", count: 400)
        try await expect("print (\(sum))", prints: ["400"])
    }

    // MARK: Binding

    @Test func fieldsBindByName() async throws {
        let workspace = try Workspace()
        workspace.offer(0...5)
        let path = try workspace.file("n.csv", "e164,label\n+14155550100,one\n+14155550101,two\n")
        let late = await workspace.run("read \(path) | purchase --provider fake")
        #expect(late.status == 0, "\(late.faults)")
        #expect(try workspace.number(e164(1))?.label == "two")
        let early = await workspace.run("[{e164: +14155550102, label: 'three'}] | purchase --provider fake")
        #expect(early.status == 0, "\(early.faults)")
        #expect(try workspace.number(e164(2))?.label == "three")
        let written = await workspace.run(
            "[{e164: +14155550103, label: 'four'}] | purchase --provider fake --label mine")
        #expect(written.status == 0, "\(written.faults)")
        #expect(try workspace.number(e164(3))?.label == "mine")
    }

    @Test func aColumnThatBindsToNothingStopsThePurchase() async throws {
        let workspace = try Workspace()
        workspace.offer(0...5)
        let path = try workspace.file("n.csv", "e164,lable\n+14155550100,one\n")
        let late = await workspace.run("read \(path) | purchase --provider fake")
        #expect(late.faults == ["C031: column 'lable' binds to no parameter of 'purchase'"])
        #expect(late.report.diagnostics.map(\.help) == ["did you mean 'label'?"])
        let two = try workspace.file("two.csv", "e164,number\n+14155550100,+14155550101\n")
        let compete = await workspace.run("read \(two) | purchase --provider fake")
        #expect(compete.faults == ["C032: two columns bind to --number"])
        #expect(workspace.carrier.purchases == [])
        let declared = await workspace.run(
            "read \(path) --columns {e164: phone, lable: string} | purchase --provider fake")
        #expect(declared.status == 0, "\(declared.faults)")
    }

    @Test func aRecordOfTheWorkspaceIsNeverBought() async throws {
        let workspace = try Workspace()
        workspace.offer(0...5)
        _ = await workspace.run("search fake | first | purchase")
        let early = await workspace.run("list | first | purchase --provider fake")
        #expect(early.faults.map { $0.prefix(4) } == ["C033"])
        let late = await workspace.run("let any = if true { list | first } else { 1 }\n$any | purchase --provider fake")
        #expect(late.error?.message == "'purchase' does not take a record 'number'")
        #expect(workspace.carrier.purchases.count == 1)
    }

    @Test func aCellThatDoesNotFitIsSaidBeforeAnythingIsBought() async throws {
        let workspace = try Workspace()
        workspace.offer(0...5)
        let path = try workspace.file("n.csv", "e164,label\n14155550100,one\n")
        let outcome = await workspace.run("read \(path) | purchase --provider fake")
        #expect(outcome.status == 2)
        #expect(outcome.faults.count == 1)
        #expect(outcome.faults.first?.hasPrefix("D006: \(path), row 1, column 'e164'") == true, "\(outcome.faults)")
        #expect(workspace.carrier.purchases == [])
    }

    // MARK: Empty hands

    @Test(arguments: [
        ("search fake | where .monthly_cost < 0USD | first", "nothing was found"),
        ("$any | where .cost < 1 | first", "nothing was found; 2 rows had no value for the filter to compare"),
        (
            "$any | where .cost < 1 | sort-by .id | last",
            "nothing was found; 2 rows had no value for the filter to compare"
        ),
        ("$any | where .id > 2 | first", "nothing was found"),
        ("$any | where ($any | where .cost > 1 | count) > 0 | first", "nothing was found"),
    ])
    func aFilterSaysWhatItCouldNotCompare(_ statement: String, _ message: String) async throws {
        let row = { (id: Int64, cost: Value) in Value.record(Record(nil, [.init("id", .int(id)), .init("cost", cost)]))
        }
        let names = [Engine.Binding(name: "any", value: .list([row(1, .nothing), row(2, .nothing)]), type: .any)]
        let workspace = try Workspace()
        workspace.offer(0...2)
        #expect(await workspace.run(statement, names: names).error?.message == message)
    }
}
