import FoundationEssentials
import SwitchboardCore
import SwitchboardEngine
import SwitchboardLanguage
import SwitchboardTestKit
import Testing

/// What the commands that work with values make of them.
@Suite struct ValueCommandTests {
    /// Runs with the name `$any`, whose type the check does not know; returns what is printed, then the faults.
    private func run(_ script: String) async throws -> [String] {
        let names = [Engine.Binding(name: "any", value: Self.any, type: .any)]
        let outcome = try await Workspace().run(script, names: names)
        return outcome.printed + outcome.report.diagnostics.map { "\($0.code) \($0.message)" }
    }

    private static let any = Value.record(
        Record(
            nil,
            [
                .init("ints", .list([.int(3), .int(1), .int(2)])), .init("texts", .list([.string("b"), .string("a")])),
                .init("one", .list([.string("3")])), .init("lists", .list([.list([.int(1)])])),
                .init("mixed", .list([.int(1), .string("a")])), .init("text", .string("x")), .init("int", .int(7)),
                .init("rows", .list([.record(Record(nil, [.init("label", .int(1))]))])),
                .init("secret", .record(Record(nil, [.init("token", .secret(Secret("hunter2")))]))),
                .init("phones", .list([.record(Record(nil, [.init("e164", .phone(e164(0)))]))])),
                .init("strings", .list([.record(Record(nil, [.init("e164", .string(e164(0).text))]))])),
            ]))

    // MARK: Sums and extremes

    @Test(arguments: [
        ("[3 1 2] | sum", "6"), ("[1 2.5] | sum", "3.5"), ("[0.1 0.2] | sum", "0.3"),
        ("[nothing 2 nothing] | sum", "2"),
        ("[nothing] | sum", "nothing"), ("[] | sum", "nothing"), ("[1.00USD 2.50USD] | sum", "3.50USD"),
        ("[1h 90s] | sum", "1h1m30s"), ("[{a: {b: 2}} {a: {b: 3}}] | sum .a.b", "5"),
        ("[{a: 2} {a: nothing} {a: 3}] | sum .a", "5"), ("[{a: 2} {b: 1}] | sum .a?", "2"),
        ("([1 nothing] | sum) ?? 0", "1"), ("$any.ints | sum", "6"),
        ("[3 1 nothing 2] | min", "1"), ("[3 1 nothing 2] | max", "3"), ("[] | min", "nothing"),
        ("[nothing] | max", "nothing"), ("[1 1.0 0.5] | min", "0.5"), ("[2.50USD 2.5USD] | max", "2.50USD"),
        ("[90s 1m] | min", "1m"), ("[2026-11-20 2026-11-21] | max", "2026-11-21T00:00:00Z"), ("['b' 'a'] | min", "a"),
        ("[+14155550101 +14155550100] | min", "+14155550100"), ("[true false] | max", "true"),
        ("[{a: 2} {a: 3}] | max .a", "3"), ("$any.texts | max", "b"),
    ])
    func aColumnIsPutTogether(_ pipeline: String, _ value: String) async throws {
        #expect(try await run("print (\(pipeline))") == [value])
    }

    @Test(arguments: [
        ("[9223372036854775807 1] | sum", "R201 the result is larger than 64 bits hold"),
        ("[1.00USD 1.00EUR] | sum", "R201 cannot add 1.00USD and 1.00EUR: they are of two currencies"),
        ("[1.00USD 1.00EUR] | min", "R201 cannot compare 1.00EUR and 1.00USD: they are of two currencies"),
        ("[1 2.00USD] | sum", "R201 '+' does not work on an int and an amount of money"),
        ("$any.one | sum", "R201 sum adds numbers, amounts and durations, and this is a text"),
        ("$any.lists | max", "R201 a list and a list have no common order"),
        ("$any.mixed | max", "R201 a text and an int have no common order"),
        ("$any.rows | sum .lable", "R201 no field 'lable' on this record"),
        ("$any.ints | sum .a", "R201 an int has no field 'a'"),
        ("sum", "C030 nothing flows in"), ("7 | sum", "C030 a list is needed, and this is an int"),
        ("['a'] | sum", "C021 sum adds numbers, amounts and durations, and an item is a string"),
        ("[2026-11-20] | sum", "C021 sum adds numbers, amounts and durations, and an item is a time"),
        ("[{a: 1}] | sum", "C021 sum adds numbers, amounts and durations, and an item is a record"),
        ("list | sum .e164", "C021 sum adds numbers, amounts and durations, and '.e164' is a phone"),
        ("list | sum .monthly_cots", "C012 no field 'monthly_cots' on number"),
        (
            "list | max .capabilities",
            "C021 values are compared that have an order, and '.capabilities' is a list<string>"
        ),
        ("[5/s] | min", "C021 values are compared that have an order, and an item is a rate"),
        ("let x: phone = [1] | sum", "C021"), ("print (([1.00USD] | sum) + 1)", "C027 '+' does not work on"),
    ])
    func aSumIsNeverWrong(_ statement: String, _ fault: String) async throws {
        let printed = try await run(statement)
        #expect(printed.count == 1 && printed[0].hasPrefix(fault), "\(printed)")
    }

    // MARK: Whole numbers

    @Test(arguments: [
        ("7 / 2", "3", "4", "4"), ("-7 / 2", "-4", "-3", "-4"), ("2.4", "2", "3", "2"), ("-2.4", "-3", "-2", "-2"),
        ("0.5", "0", "1", "1"), ("-0.5", "-1", "0", "-1"), ("0.49999", "0", "1", "0"), ("5", "5", "5", "5"),
        ("nothing", "nothing", "nothing", "nothing"), ("$any.int", "7", "7", "7"),
        ("9223372036854775807.4", "9223372036854775807", "R201", "9223372036854775807"),
        ("-9223372036854775808.4", "R201", "-9223372036854775808", "-9223372036854775808"),
    ])
    func aNumberBecomesWhole(_ number: String, _ floor: String, _ ceil: String, _ round: String) async throws {
        for (command, value) in [("floor", floor), ("ceil", ceil), ("round", round)] {
            // Through a name of type decimal?, so that `nothing` is a value and not the absence of one.
            let printed = try await run("let x: decimal? = \(number)\nprint ($x | \(command))")
            #expect(printed.count == 1 && printed[0].hasPrefix(value), "\(command) \(printed)")
        }
    }

    @Test(arguments: [
        ("print ([1.5 nothing -1.5] | round)", "[2 nothing -2]"), ("print ([] | floor)", "[]"),
        ("let n: int = (7 / 2) | floor\nprint $n", "3"),
        ("2.00USD | floor", "C030 a number is needed, and this is an amount of money"),
        ("floor", "C030 nothing flows in"),
        ("$any.text | floor", "R201 a number is needed, and this is a text"),
    ])
    func aListIsRoundedItemByItem(_ statement: String, _ line: String) async throws {
        let printed = try await run(statement)
        #expect(printed.first?.hasPrefix(line) == true, "\(printed)")
    }

    // MARK: Records

    @Test(arguments: [
        ("{a: 1, b: 2} | rename .a c", "{c: 1, b: 2}"), ("[{a: 1} {a: 2}] | rename .a b", "[{b: 1} {b: 2}]"),
        ("{a: 1} | rename .a a", "{a: 1}"), ("{a: 1} | rename .b? c", "{a: 1}"),
        ("{a: 1} | rename .a 'two words'", "{'two words': 1}"),
        ("$any.rows | rename .label name | select .name", "[{name: 1}]"),
        ("[3 1 3 nothing nothing] | unique", "[3 1 nothing]"), ("[1 1.0 2.50USD 2.5USD] | unique", "[1 2.50USD]"),
        ("[{a: 1, b: 1} {a: 1, b: 2} {a: 2, b: 1}] | unique .a", "[{a: 1, b: 1} {a: 2, b: 1}]"),
        ("[{a: 1} {a: 1.0} {a: 2}] | unique", "[{a: 1} {a: 2}]"), ("[] | unique", "[]"),
        ("[[1] [1.0] [2]] | unique | count", "2"),
        (
            "[{k: 'b', v: 1} {k: 'a', v: 2} {k: 'b', v: 3}] | group-by .k",
            "[{k: 'b', count: 2, items: [{k: 'b', v: 1} {k: 'b', v: 3}]} {k: 'a', count: 1, items: [{k: 'a', v: 2}]}]"
        ),
        ("[{k: nothing} {k: nothing}] | group-by .k | select .k .count", "[{k: nothing, count: 2}]"),
        ("[{a: {k: 1}} {a: {k: 1}}] | group-by .a.k | select .k .count", "[{k: 1, count: 2}]"),
        ("[] | group-by .k", "[]"), ("[[1 2] [] [[3]] 4 nothing] | flatten", "[1 2 [3] 4 nothing]"),
        ("[{k: 1} {k: 1}] | group-by .k | flatten .items", "[{k: 1} {k: 1}]"), ("[] | flatten", "[]"),
        ("[{a: [1]} {a: nothing} {a: [2 3]}] | flatten .a", "[1 nothing 2 3]"),
    ])
    func recordsAreRearranged(_ pipeline: String, _ value: String) async throws {
        #expect(try await run("print (\(pipeline))") == [value])
    }

    @Test(arguments: [
        ("list | rename .lable x", "C012 no field 'lable' on number"),
        ("list | rename .label status", "C030 the record has a field 'status' already"),
        ("let s = 'status'\nprint ($any.rows | rename .label $s)", "[{status: 1}]"),
        ("let s = 'e164'\n$any.phones | rename .e164 $s | rename .e164 x | select .e164", "R201 no field 'e164'"),
        ("list | rename .label x | select .label", "C012 no field 'label' on this record"),
        ("[{a: {b: 1}}] | rename .a.b c", "C030 '.a.b' lies inside another field"),
        ("rename .a b", "C030 nothing flows in"), ("$any.rows | rename .lable x", "R201 no field 'lable'"),
        ("$any.ints | rename .a b", "R201 rename needs records, and this is an int"),
        ("list | unique .lable", "C012 no field 'lable'"), ("unique", "C030 nothing flows in"),
        ("[$any.secret] | unique", "R201 a secret cannot be compared"),
        ("list | group-by .statsu", "C012 no field 'statsu'"),
        ("[{count: 1}] | group-by .count", "C030 a group has a field 'count' of its own"),
        ("list | group-by .status | select .statsu", "C012 no field 'statsu' on this record"),
        ("list | group-by .status | flatten .items | select .lable", "C012 no field 'lable' on number"),
        ("list | flatten .sip_dispatch_rule_ids | sum", "C021 sum adds"), ("{a: 1} | flatten", "C030 a list is needed"),
        ("$any.lists | sort-by", "R201 a list and a list have no common order"),
        ("[{a: 1} {a: nothing}] | select .b", "C012 no field 'b' on this record"),
        ("[1] | sample 0 --seed 1", "C007 sample takes 1 or more, not 0"), ("[1] | sample 1", "C004"),
        ("let n = 0 * 1\n[1] | first $n", "R201 first takes 1 or more, not 0"),
    ])
    func aMistakeIsSaid(_ statement: String, _ line: String) async throws {
        let printed = try await run(statement)
        #expect(printed.first?.hasPrefix(line) == true, "\(printed)")
    }

    @Test func aMissingFieldIsGuessedAtRunTimeToo() async throws {
        let names = [Engine.Binding(name: "any", value: Self.any, type: .any)]
        let outcome = try await Workspace().run("$any.rows | sum .lable", names: names)
        #expect(outcome.error?.help == "did you mean 'label'?")
    }

    // MARK: Differences

    @Test(arguments: [
        ("[{id: 1, n: 'a'}]", "[{id: 1, n: 'a', more: 1}]", []), ("[]", "[]", []),
        (
            "[{id: 1, n: 'a', m: 1}]", "[{id: 1, n: 'b', m: 2}]",
            [
                "{change: 'changed', key: 1, field: 'n', want: 'a', have: 'b'}",
                "{change: 'changed', key: 1, field: 'm', want: 1, have: 2}",
            ]
        ),
        (
            "[{id: 2} {id: 1}]", "[{id: 3} {id: 2} {id: 4}]",
            [
                "{change: 'missing', key: 1, field: nothing, want: {id: 1}, have: nothing}",
                "{change: 'extra', key: 3, field: nothing, want: nothing, have: {id: 3}}",
                "{change: 'extra', key: 4, field: nothing, want: nothing, have: {id: 4}}",
            ]
        ),
        (
            "[{id: 1, n: nothing}]", "[{id: 1.0, n: 'b'}]",
            ["{change: 'changed', key: 1, field: 'n', want: nothing, have: 'b'}"]
        ),
        (
            "[{id: 1, c: 1.00USD}]", "[{id: 1, c: 1.00EUR}]",
            ["{change: 'changed', key: 1, field: 'c', want: 1.00USD, have: 1.00EUR}"]
        ),
        ("[{id: 1, c: 1.0USD, n: 1}]", "[{id: 1, c: 1.00USD, n: 1.0}]", []),
    ])
    func rowsAreCompared(_ want: String, _ have: String, _ changes: [String]) async throws {
        let printed = try await run("for c in (diff \(want) \(have) --by .id) { print $c }")
        #expect(printed == changes)
    }

    @Test(arguments: [
        ("diff [{id: 1}] [{id: 1}] --by .di", "C012 no field 'di' on this record"),
        ("diff [{e164: +14155550100}] (list) --by .e146", "C012 no field 'e146' on this record"),
        ("diff $any.phones (list) --by .e146", "C012 no field 'e146' on number"),
        ("diff [{e164: '+1'}] (list) --by .e164", "C025 '.e164' is a string in WANT and a phone in HAVE"),
        (
            "diff [{e164: +14155550100, lable: 'x'}] (list) --by .e164",
            "C012 WANT has a field 'lable' that HAVE has not"
        ),
        ("diff 7 (list) --by .e164", "C021 a list of records is wanted here, and this is an int"),
        ("diff [1] (list) --by .e164", "C021 a list of records is wanted here, and this is a list<int>"),
        ("diff [{id: 1}] [{id: 1}]", "C004 'diff' needs --by"), ("diff [{id: 1}] --by .id", "C004 'diff' needs HAVE"),
        ("[{id: 1}] | diff [{id: 1}] [{id: 1}] --by .id", "C030 'diff' takes nothing that flows in"),
        ("diff $any.strings $any.phones --by .e164", "R201 the keys: a text cannot be compared with a phone number"),
        ("diff $any.rows $any.rows --by .id", "R201 no field 'id' on this record"),
        ("diff $any.int $any.rows --by .id", "R201 WANT is no list of records"),
        ("diff $any.rows $any.ints --by .label", "R201 HAVE holds an int, which is no record"),
        ("diff [{id: 1} {id: 1.0}] [] --by .id", "R201 two rows of WANT have .id 1"),
        ("diff [] [{id: nothing}] --by .id", "R201 a row of HAVE has no .id"),
        ("diff [{id: 1} {id: 2}] [{id: 2}] --by .id | where .chnage == 'extra'", "C012 no field 'chnage'"),
    ])
    func aDifferenceIsNoMistake(_ statement: String, _ line: String) async throws {
        let printed = try await run(statement)
        #expect(printed.first?.hasPrefix(line) == true, "\(printed)")
    }

    // MARK: Descriptions

    @Test(arguments: [
        ("[3 1 nothing]", ["nothing list<int?> 2 1 1 3"]), ("'x'", ["nothing string 1 0 x x"]),
        ("[]", ["nothing list<any> 0 0 nothing nothing"]), ("[1 'a']", ["nothing list<any> 2 0 nothing nothing"]),
        ("[[] [1]]", ["nothing list<list<int>> 2 0 nothing nothing"]),
        ("[1 2.5]", ["nothing list<decimal> 2 0 1 2.5"]),
        (
            "[{a: 1, b: {c: 'x'}} {a: 2.00USD, d: 90s}]",
            [
                "nothing list<record> 2 0 nothing nothing", "a any 2 0 nothing nothing",
                "b record? 1 1 nothing nothing",
                "b.c string? 1 1 x x", "d duration? 1 1 1m30s 1m30s",
            ]
        ),
        (
            "{a: nothing, b: [1]}",
            [
                "nothing record 1 0 nothing nothing", "a nothing 0 1 nothing nothing",
                "b list<int> 1 0 nothing nothing",
            ]
        ),
    ])
    func aValueIsDescribed(_ value: String, _ rows: [String]) async throws {
        let loop = "for r in ($v | describe) { print $r.field $r.type $r.count $r.nothing $r.min $r.max }"
        #expect(try await run("let v = \(value)\n\(loop)") == rows)
    }

    @Test func whatTheWorkspaceHoldsIsDescribed() async throws {
        let workspace = try Workspace()
        workspace.offer(0...3)
        let outcome = await workspace.run(
            "search fake | first 2 | purchase\nlet d = list | describe\nprint ($d | first | select .type .count)\n"
                + "print ($d | where .field == 'label' | first | select .type .count .nothing)\n"
                + "print ($d | where .field == 'e164' | first | select .min .max)")
        #expect(
            outcome.printed == [
                "{type: 'list<number>', count: 2}", "{type: 'nothing', count: 0, nothing: 2}",
                "{min: +14155550100, max: +14155550101}",
            ])
    }

    // MARK: Numbers and times

    @Test(arguments: [
        ("phone '(415) 555-0100' --region US", "+14155550100"), ("phone '4155550100' --region us", "+14155550100"),
        ("phone '+44 (0)20 7946 0018'", "+442079460018"), ("phone +14155550100", "+14155550100"),
        ("['020 7946 0018' '+14155550100'] | phone --region GB", "[+442079460018 +14155550100]"),
        ("let n: phone = phone '0044 20 7946 0018' --region DE\nprint $n", "+442079460018"),
    ])
    func spellingsBecomeNumbers(_ statement: String, _ value: String) async throws {
        let script = statement.hasPrefix("let") ? statement : "print (\(statement))"
        #expect(try await run(script) == [value])
    }

    @Test(arguments: [
        ("phone '555' --region US", "C007 '555' is not a phone number: it is too short"),
        ("phone '4155550100'", "C007 '4155550100' is not a phone number: it has no '+', and no region is named"),
        ("phone '4155550100' --region XX", "C007 'XX' is no region"),
        ("$any.text | phone --region X", "C007 'X' is no"),
        ("$any.text | phone --region US", "R201 'x' is not a phone number: a number has no 'x'"),
        ("let r = 'US'\nphone 'abc' --region $r", "R201 'abc' is not a phone number"),
        ("phone", "C004 'phone' needs TEXT"), ("ago", "C004 'ago' needs LENGTH"),
        ("ago 30", "C020"), ("ago 999999w", "R201 the result is no time of the years 0 to 9999"),
    ])
    func aNumberIsNotGuessed(_ statement: String, _ line: String) async throws {
        let printed = try await run(statement)
        #expect(printed.first?.hasPrefix(line) == true, "\(printed)")
    }

    @Test func agoCountsFromTheHostsClock() async throws {
        let clock = ManualClock(now: Date(timeIntervalSince1970: 1_800_000_000))
        let outcome = try await Workspace(clock: clock).run("print (ago 30d)\nprint (90m | ago)")
        #expect(outcome.printed == ["2026-12-16T08:00:00Z", "2027-01-15T06:30:00Z"])
    }

    // MARK: JSON

    @Test(arguments: [
        ("[{a: 1, b: 2.00USD} {a: nothing}] | to-json", #"[{"a":1,"b":"2.00USD"},{"a":null}]"#),
        (#"'{"a": [1, 2.5, null, true, "x"], "b": {}}' | from-json"#, "{a: [1 2.5 nothing true 'x'], b: {:}}"),
        (#"['1' '"a"'] | from-json"#, "[1 'a']"), ("'1e3' | from-json", "1000"), ("'-2.5E-2' | from-json", "-0.025"),
        ("'9223372036854775808' | from-json", "9223372036854775808"), ("'null' | from-json", "nothing"),
        (#"('{"a": {"b": 7}}' | from-json).a.b + 1"#, "8"),
    ])
    func jsonIsWrittenAndRead(_ pipeline: String, _ value: String) async throws {
        #expect(try await run("print (\(pipeline))") == [value])
    }

    @Test(arguments: [
        ("'{' | from-json", "R201 this is no JSON: expected a name, at byte 2"),
        (#"'{"a":1,"a":2}' | from-json"#, "R201 'a' stands twice in one object"),
        ("'1e999' | from-json", "R201 '1e999' is out of range"),
        ("'0.12345678901234567890123456789012345' | from-json", "R201"),
        ("[1] | from-json", "C030 a text is needed, and this is an int"), ("from-json", "C030 nothing flows in"),
        ("$any.int | from-json", "R201 a text is needed, and this is an int"),
        ("$any | to-json", "R201 a secret never becomes part of a text"),
    ])
    func jsonThatIsNone(_ statement: String, _ line: String) async throws {
        let printed = try await run(statement)
        #expect(printed.first?.hasPrefix(line) == true, "\(printed)")
    }

    @Test func aDeclaredSecretIsRefusedBeforeAnythingRuns() async throws {
        let workspace = try Workspace()
        let path = try workspace.file("s.csv", "name,token\na,hunter2\n")
        let outcome = await workspace.run("read \(path) --columns {name: string, token: secret} | to-json")
        #expect(outcome.faults == ["C021: a secret never becomes part of a text"])
    }
}
