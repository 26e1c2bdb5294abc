extension CheckFault: CodedFault {
    /// What the reference says of it.
    public var page: FaultPage {
        switch self {
        case .unknownCommand:
            FaultPage(
                "no command has this name",
                advice: "help lists the commands, and those of the same first word by help WORD. A def is "
                    + "known in its own file and where that is used.",
                example: "serch livekit")
        case .unknownFlag:
            FaultPage(
                "the command has no such flag",
                advice: "help COMMAND lists its flags. A flag of the row loop, such as --parallel, is taken "
                    + "only where a list maps over the command.",
                example: "list --unbond")
        case .flagTwice:
            FaultPage(
                "a flag stands twice in one call",
                advice: "Keep one. Where several values are wanted the flag takes a list: [415 212].",
                example: "search livekit --area-code 415 --area-code 212")
        case .missingArgument:
            FaultPage(
                "a required argument is neither written nor flowing in",
                advice: "Write the argument, or let a record flow in that has it as a field.",
                example: "agent add")
        case .surplusArgument:
            FaultPage(
                "the command takes fewer arguments",
                advice: "Quote a text that has blanks, or give the value by its flag.",
                example: "agent add front desk")
        case .missingFlagValue:
            FaultPage(
                "a flag that takes a value has none, or a flag without a value has one",
                advice: "help COMMAND tells which flags take a value, and of what type.",
                example: "search livekit --area-code")
        case .refusedArguments:
            FaultPage(
                "the command's own look at its arguments found one missing, surplus or out of range",
                advice: "The message says what the command wants; its page lists the arguments.",
                example: "sandbox log --limit 0")
        case .unknownVariable:
            FaultPage(
                "no visible name is bound to this variable",
                advice: "Bind it with let before. A name ends with the block that it was bound in, and a def "
                    + "sees only its parameters.",
                example: "let n = list | count\nprint $m")
        case .nameTaken:
            FaultPage(
                "the name is bound already; values never change",
                advice: "Choose another name: values never change, and a name means one thing as long as it "
                    + "is visible.",
                example: "let n = 1\nlet n = 2")
        case .unknownField:
            FaultPage(
                "the record has no such field",
                advice: "The page of the record's type lists its fields. Of a list, take one item first.",
                example: "list | where .lable == 'front desk'")
        case .noItem:
            FaultPage(
                "a field stands alone where no item flows in",
                advice: "A field alone belongs to the item that flows in: use it behind where, each, sort-by "
                    + "and their like, or write the record's name, such as $n.e164.",
                example: "let n = .e164")
        case .bareWord:
            FaultPage(
                "a bare word stands in an expression; text is quoted there",
                advice: "Put the text in quotes. Only arguments of commands are read without. A field has a point in "
                    + "front (.label), a variable a $, and a command whose value is meant stands in parentheses.",
                example: "list | where .status == active")
        case .badLiteral:
            FaultPage(
                "the text is no value of the type that is wanted here",
                advice: "Write a value of that type; the type's page shows how.",
                example: "search livekit --limit many")
        case .wrongType:
            FaultPage(
                "the value has another type than is wanted here",
                advice: "Look at what the command before gives: help COMMAND says so, and describe tells it "
                    + "of a value.",
                example: "for n in 5 { print $n }")
        case .badChoice:
            FaultPage(
                "the word is none of those allowed here",
                advice: "Use one of the words that are allowed.",
                example: "list | each --on-error skip { .e164 }")
        case .unknownProvider:
            FaultPage(
                "no provider of this name is registered",
                advice: "provider list shows the providers of this program.",
                example: "search livekitt")
        case .wrongID:
            FaultPage(
                "the id is of another kind, or broken",
                advice: "Copy the id whole. Its beginning says of what kind it is, and a slot takes one kind.",
                example: "list | bind-agent agent_01")
        case .notComparable:
            FaultPage(
                "values of these types cannot be compared",
                advice: "Bring both sides to one type: a text is quoted, a number is not. describe tells "
                    + "which type a column has. An id is not a name; (agent get support).id is that of the agent.",
                example: "list | where .area_code == 415")
        case .notCondition:
            FaultPage(
                "a condition is neither true nor false",
                advice: "Write a comparison, such as .label != nothing.",
                example: "list | where .label")
        case .badOperands:
            FaultPage(
                "the operator does not work on these types",
                advice: "The page of the type lists what its values can be added to, multiplied by and "
                    + "divided by. Texts join inside double quotes.",
                example: "let cap = 2.00USD + 1")
        case .unknownType:
            FaultPage(
                "no type has this name",
                advice: "Use one of the types of the reference; a record that a command returns is a type by "
                    + "its name.",
                example: "param --area: strin")
        case .cannotFlow:
            FaultPage(
                "the command cannot take what flows in",
                advice: "help COMMAND says what the command takes. Behind a let or in parentheses nothing flows in.",
                example: "5 | search livekit")
        case .unboundField:
            FaultPage(
                "a field of the record binds to no parameter",
                advice: "Mend the name, or leave the field out with select. Columns declared with read "
                    + "--columns are carried along instead.",
                example: "[{name: 'night desk', metdata: 'x'}] | agent add")
        case .twoFieldsCompete:
            FaultPage(
                "two fields of the record bind to one parameter",
                advice: "Leave one of the two out with select.",
                example: "[{provider: 'livekit', area: '415', area_code: '212'}] | search")
        case .typedRecordSpends:
            FaultPage(
                "a record does not bind by field names to a command that spends or is irreversible",
                advice: "Name the argument that is meant, such as $n.e164. A record of another thing never "
                    + "buys or gives up anything just because its fields have fitting names.",
                example: "list | first | purchase")
        case .unsupportedByProvider:
            FaultPage(
                "the provider cannot do this",
                advice: "The remark says why; provider show NAME lists what the provider can do. Use another "
                    + "provider, or another way to the same end.",
                example: nil)
        case .sandboxOnly:
            FaultPage(
                "the command steers the sandbox's emulators, and this is another profile",
                advice: "Leave the command out, or run the script in the profile sandbox.",
                example: FaultExample(
                    "sandbox reset",
                    options: ["--profile", "env"],
                    picture: """
                        error[C041]: 'sandbox reset' steers the sandbox, and this is profile 'env'
                         --> example.swb:1:1
                          |
                        1 | sandbox reset
                          | ^^^^^^^^^^^^^
                          = help: run it with --profile sandbox, which is the default
                        """))
        case .nobodyToAsk:
            FaultPage(
                "the command asks a person, and nobody is there to answer",
                advice: "Run the script at a terminal, or give --yes, which answers every question with yes.",
                example: FaultExample(
                    "confirm 'buy ten?'",
                    picture: """
                        error[C042]: 'confirm' asks at a terminal, and there is none here
                         --> example.swb:1:1
                          |
                        1 | confirm 'buy ten?'
                          | ^^^^^^^
                          = help: run the script at a terminal, or give --yes to answer yes to all
                        """))
        case .unknownAgent:
            FaultPage(
                "no agent of this name or id exists or is added earlier in the script",
                advice: "agent list shows the agents of the profile. One that the script itself adds has to "
                    + "be added further up.",
                example: FaultExample(
                    "agent add support\nlist | bind-agent suport",
                    picture: """
                        error[C050]: no agent 'suport' in profile 'sandbox'
                         --> example.swb:2:19
                          |
                        2 | list | bind-agent suport
                          |                   ^^^^^^
                          = help: did you mean 'support'?
                        """))
        case .unknownSecret:
            FaultPage(
                "no secret of this name is stored in the profile or set earlier in the script",
                advice: "secret list shows the names. Store it with secret set NAME, which asks for it "
                    + "without echo.",
                example: FaultExample(
                    "let key = (secret acme-trunk)",
                    picture: """
                        error[C051]: no secret 'acme-trunk' in profile 'sandbox'
                         --> example.swb:1:19
                          |
                        1 | let key = (secret acme-trunk)
                          |                   ^^^^^^^^^^
                          = help: store it with: secret set acme-trunk
                        """))
        case .unknownTrunk:
            FaultPage(
                "no trunk of this id is in the workspace",
                advice: "trunk list shows the trunks with their ids. One that the script makes is named by its "
                    + "name.",
                example: FaultExample(
                    "trunk get trunk_01J8Z3K9QW8R4V2M6T0XBYCDEF",
                    picture: """
                        error[C052]: no trunk 'trunk_01J8Z3K9QW8R4V2M6T0XBYCDEF' in profile 'sandbox'
                         --> example.swb:1:11
                          |
                        1 | trunk get trunk_01J8Z3K9QW8R4V2M6T0XBYCDEF
                          |           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
                          = help: trunk list shows them
                        """))
        case .badParamValue:
            FaultPage(
                "the value given for a param is none of its type",
                advice: "Give the value behind the script's name, such as run FILE --area 415.",
                example: FaultExample(
                    "param --area: string\nprint $area",
                    picture: """
                        error[C061]: --area is needed: string
                         --> example.swb:1:1
                          |
                        1 | param --area: string
                          | ^^^^^^^^^^^^^^^^^^^^
                        """))
        case .paramEffect:
            FaultPage(
                "a param's default calls a command that changes something",
                advice: "Give the param no default, or one that only computes; do the rest in the script.",
                example: "param --agent: any = (agent add support)")
        case .callsItself:
            FaultPage(
                "a def calls itself, directly or through others",
                advice: "Use for or each over a list; every script ends.",
                example: "def again [] { again }\nagain")
        case .deepCalls:
            FaultPage(
                "defs call one another too deep",
                advice: "Put what several defs do into one, or call them one after another.",
                example: FaultExample(
                    (1...32).map { "def f\($0) [] { f\($0 + 1) }\n" }.joined() + "def f33 [] { list }\nf1",
                    shown: "def f1 [] { f2 }\ndef f2 [] { f3 }\n…\ndef f33 [] { list }\nf1"))
        case .returnPlace:
            FaultPage(
                "a return stands where it ends neither a def nor the script",
                advice: "Write the value alone: the last statement of a block is its value.",
                example: "let x = if true { return 1 } else { 2 }")
        case .defPlace:
            FaultPage(
                "a def stands inside a block",
                advice: "Move it out of the block; a def may stand below its first call.",
                example: "if true { def hello [] { print 'hello' } }")
        case .unreadableUse:
            FaultPage(
                "a file that is used cannot be read, or lies where it may not",
                advice: "Write the path relative to the file that uses it, and keep what a script uses "
                    + "beside or below it.",
                example: FaultExample(
                    "use ./missing.swb",
                    picture: """
                        error[C070]: 'missing.swb' cannot be read: No such file or directory
                         --> example.swb:1:5
                          |
                        1 | use ./missing.swb
                          |     ^^^^^^^^^^^^^
                        """))
        case .useCycle:
            FaultPage(
                "a file uses itself, directly or through others",
                advice: "Move what both need into a third file.",
                example: FaultExample(
                    "use ./one.swb",
                    files: ["one.swb": "use ./two.swb\n", "two.swb": "use ./one.swb\n"],
                    picture: """
                        error[C071]: './one.swb' uses this file itself
                         --> two.swb:1:5
                          |
                        1 | use ./one.swb
                          |     ^^^^^^^^^
                        """))
        case .useContent:
            FaultPage(
                "a file that is used holds more than def and use",
                advice: "Move the other statements into the script, or make them a def.",
                example: FaultExample(
                    "use ./lib.swb",
                    files: ["lib.swb": "print 'hello'\n"],
                    picture: """
                        error[C072]: a file that is used holds only def and use
                         --> lib.swb:1:1
                          |
                        1 | print 'hello'
                          | ^^^^^^^^^^^^^
                          = help: wrap it in a def
                        """))
        case .notTakenBack:
            FaultPage(
                "a transaction holds a command that nothing takes back",
                advice: "Put it behind the transaction. The command's page says what takes it back.",
                example: "transaction { list | release }")
        case .changesWhileWaiting:
            FaultPage(
                "the block of wait-until does more than ask",
                advice: "Change things in front of the wait or behind it: its block runs many times.",
                example: "wait-until --timeout 10s { ((list | first | unbind-agent).agent_id == nothing) }")
        case .notAlone:
            FaultPage(
                "'resume' stands in a script with other commands",
                advice: "Give it a script of its own: another one goes on in the place of that.",
                example: "agent add support; resume last")
        case .changesToDescribe:
            FaultPage(
                "what 'describe' looks at would first have to be changed",
                advice: "Describe what a command takes, or let explain tell the types; both change nothing.",
                example: "search livekit | first | purchase | describe")
        }
    }
}
