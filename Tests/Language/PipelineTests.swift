import Testing

@Suite struct PipelineTests {
    @Test(arguments: [
        ("list", "list!"), ("trunk create sip --name x", "trunk! create sip --name x"),
        ("$n | purchase", "$n | purchase!"),
        ("+14155550100 | purchase --provider livekit", "phone:+14155550100 | purchase! --provider livekit"),
        ("[1 2] | first", "[number:1 number:2] | first!"), ("(list).a | sum", "(list!).a | sum!"),
        ("'text' | print", "'text' | print!"),
        ("a|b", "a! | b!"), ("a |\n\n# c\n b", "a! | b!"), ("a\n\n# c\n| b\n| c", "a! | b! | c!"),
        ("a |\n| b\nc", "!L036; c!"),
        ("a | where .x == 1 | b", "a! | where (.x == number:1) | b!"), ("where .a", "where .a"),
        ("a | each { b }", "a! | each {b!}"), ("a | each row { $row }", "a! | each row {$row}"),
        (
            "a | each row --parallel 8 --key .site --rate 5/s {\n b\n}",
            "a! | each row --parallel number:8 --key .site --rate rate:5/s {b!}"
        ),
        ("a | each --with {x: 1} { b }", "a! | each --with {x: number:1} {b!}"),
        ("wait-until --timeout 60s { a }", "wait-until --timeout duration:60s {a!}"),
        ("transaction {\n a\n}\n| b", "transaction {a!} | b!"),
        ("explain { a | b }", "explain {a! | b!}"), ("a --x=5 --y = 6 --z", "a! --x=number:5 --y=number:6 --z"),
        ("a in for each", "a! in for each"), ("a true nothing", "a! bool:true nothing:nothing"),
        ("a +12 2026-99-01 .5", "a! +12 2026-99-01 .5"),
        ("a ($b + 1).c?", "a! (($b + number:1)).c?"), ("a ($b) .c", "a! ($b) .c"),
        ("(a\n --x 1\n | b)", "(a! --x number:1 | b!)"),
        (
            "read x.csv --columns {site: string, agent: id<agent> n: int?}",
            "read! x.csv --columns {site: string/<string>, agent: <id<agent>>, n: <int?>}"
        ),
        ("a {\n x: 1,\n y: 2\n}", "a! {x: number:1, y: number:2}"),
        ("agent_01J8Z3K9QW8R4V2M6T0XBYCDEF", "agent_01J8Z3K9QW8R4V2M6T0XBYCDEF!"),
    ])
    func aPipelineIsRead(text: String, tree: String) {
        #expect(Reading.tree(text) == tree)
    }

    @Test(arguments: [
        ("a |", "L036 1:3"), ("a | | b", "L036 1:3"), ("a | ; b", "L036 1:3"), ("a | .x", "L030 1:5"),
        ("a | 5", "L030 1:5"), ("a | if $x { }", "L030 1:5"),
        ("a | where", "L030 1:10"), ("a | each", "L047 1:9"), ("a | each $row { b }", "L041 1:10"),
        ("a | each for { b }", "L040 1:10"),
        ("transaction", "L047 1:12"), ("a { b }", "L030 1:3"), ("a > x.csv", "L051 1:3"), ("a $b + 1", "L051 1:6"),
        ("a $b == 1", "L051 1:6"),
        ("a $b and $c", "L051 1:6"), ("a && b", "L053 1:3"), ("a || b", "L053 1:3"), ("a x, y", "L030 1:4"),
        ("a = 5 6", "L030 1:1"),
        ("a 'b''c'", "L035 1:6"), ("a 'b'$c", "L035 1:6"), ("a $dir/x", "L035 1:7"), ("a --x 'b'--y", "L035 1:10"),
        ("a --x=", "L030 1:7"),
        ("a $b\n  + 1", "L030 2:3"), ("a * 2", "L051 1:3"), ("+12 | a", "L011 1:1"), ("./run.sh 5", "L030 1:10"),
    ])
    func aFaultyPipelineHasOneFault(text: String, fault: String) {
        #expect(Reading.faults(text) == [fault])
    }
}
