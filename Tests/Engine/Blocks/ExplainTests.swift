import SwitchboardCommands
import SwitchboardCore
import SwitchboardEngine
import SwitchboardLanguage
import SwitchboardTestKit
import Testing

/// Who binds what, told without doing it.
@Suite struct ExplainTests {
    @Test func aPipelineIsTold() async throws {
        let workspace = try Workspace()
        let outcome = await workspace.run(
            "explain { search fake --area-code 415 | first | purchase --label 'front  desk' | bind-agent support }")
        #expect(
            outcome.printed.joined(separator: "\n") == """
                search fake --area-code 415
                  provider   fake, written
                  area-code  415, written
                  not given  --country-code --limit
                  gives      list<available-number>
                  effect     reads
                  needs      search, which fake offers
                first
                  takes      list<available-number>, as a whole
                  not given  COUNT
                  gives      available-number
                purchase --label 'front  desk'
                  takes       available-number
                  number      the item, by its type
                  label       'front  desk', written
                  not given   --numbers --provider --sip-dispatch-rule-id
                  gives       number
                  effect      spends; the item's monthly_cost tells what it costs, where it is known
                  taken back  by release; the month stays billed
                  needs       purchase, which fake offers
                bind-agent support
                  takes       number
                  agent       support, written
                  number      the item, by its type
                  not given   --replace
                  gives       number
                  effect      changes
                  taken back  by unbind-agent, or the earlier binding
                in all: reads, changes, spends; nothing of it was done
                """)
        #expect(workspace.carrier.log == [])
        #expect(try workspace.journal == [])
        #expect(outcome.shown == [])
    }

    @Test func blocksDefsAndRowsAreTold() async throws {
        let outcome = try await Workspace().run(
            """
            def buy [area: string --label: string = 'new'] { search fake --area-code $area | first | purchase --label $label }
            let cap = 2.00USD
            explain {
              let rows = read ./sites.csv --columns {site: string, area: string}
              $rows | each row --parallel 8 --key .site --on-error collect { transaction { buy $row.area } } | report ./r.csv
              if (list | count) > 3 { list | where .monthly_cost > $cap | update --label 'dear' } else { buy '212' }
              [{area: '415', label: 'x'}] | buy --parallel 2
              wait-until --timeout 5s { ((list | count) == 1) }
              for n in (range 1 3) { try { release +14155550100 --force } catch e { print $e.message } }
            }
            """)
        #expect(
            outcome.printed.joined(separator: "\n") == """
                read ./sites.csv --columns {site: string, area: string}
                  file     ./sites.csv, written
                  columns  {site: string, area: string}, written
                  gives    list<record>
                  effect   reads
                the value $rows
                each --key .site --on-error collect --parallel 8
                  transaction
                    buy $row.area
                      area    $row.area, written
                      label   'new', its default
                      gives   number
                      effect  spends
                        search fake --area-code $area
                          provider   fake, written
                          area-code  $area, written
                          not given  --country-code --limit
                          gives      list<available-number>
                          effect     reads
                          needs      search, which fake offers
                        first
                          takes      list<available-number>, as a whole
                          not given  COUNT
                          gives      available-number
                        purchase --label $label
                          takes       available-number
                          number      the item, by its type
                          label       $label, written
                          not given   --numbers --provider --sip-dispatch-rule-id
                          gives       number
                          effect      spends; the item's monthly_cost tells what it costs, where it is known
                          taken back  by release; the month stays billed
                          needs       purchase, which fake offers
                report ./r.csv
                  takes       list<record>, as a whole
                  file        ./r.csv, written
                  gives       nothing
                  effect      changes
                  taken back  by nothing
                if (list | count) > 3
                  list
                    not given  --status --sip-dispatch-rule-id --provider --source --unbound --limit --offset
                    gives      list<number>
                    effect     reads
                  count
                    takes  list<number>, as a whole
                    gives  int
                  list
                    not given  --status --sip-dispatch-rule-id --provider --source --unbound --limit --offset
                    gives      list<number>
                    effect     reads
                  where .monthly_cost > $cap
                    keeps the items for which that is true
                  update --label 'dear'
                    takes       list<number>, one item after the other
                    number      the item, by its type
                    label       'dear', written
                    not given   --protected --unprotected --sip-dispatch-rule-id --replace
                    gives       list<number>
                    effect      changes
                    taken back  by update with the earlier value
                else
                  buy '212'
                    area    '212', written
                    label   'new', its default
                    gives   number
                    effect  spends
                    which is told above
                the value [{area: '415', label: 'x'}]
                buy --parallel 2
                  takes   list<record>, one item after the other
                  area    the item's field .area, by its name
                  label   the item's field .label, by its name
                  rows    --parallel 2
                  gives   list<number>
                  effect  spends
                  which is told above
                wait-until --timeout 5s
                  the value (list | count) == 1
                    list
                      not given  --status --sip-dispatch-rule-id --provider --source --unbound --limit --offset
                      gives      list<number>
                      effect     reads
                    count
                      takes  list<number>, as a whole
                      gives  int
                for each of (range 1 3)
                  range 1 3
                    first  1, written
                    last   3, written
                    gives  list<int>
                  try
                    release +14155550100 --force
                      number      +14155550100, written
                      force       set
                      not given   --numbers --ids
                      gives       number
                      effect      irreversible
                      taken back  by nothing
                      needs       release, which fake offers
                  catch
                    print $e.message
                      values  [$e.message], written
                      gives   nothing
                in all: reads, changes, spends, irreversible; nothing of it was done
                """, "\(outcome.faults)")
    }

    @Test func noLineIsTooLong() async throws {
        let flags = (1...20).map { "+141555501\($0 + 10)" }.joined(separator: " ")
        let outcome = try await Workspace().run("explain { purchase --numbers [\(flags)] --provider fake }")
        let lines = outcome.printed.flatMap { $0.split(separator: "\n") }
        #expect(lines.count > 5)
        #expect(lines.allSatisfy { $0.count <= 100 })
        #expect(lines.first?.hasPrefix("purchase --numbers [+14155550111 ") == true)
        #expect(lines.dropFirst().first?.hasPrefix("  +1415555") == true, "\(lines)")
    }

    @Test func whatIsExplainedCountsForNothing() throws {
        let registry = try Registry(plugins: [Plugin(provider: FakeProvider.self)], commands: BuiltIns.commands)
        func check(_ text: String) -> (program: Program, diagnostics: [Diagnostic]) {
            registry.check(SourceText(name: "t", text: text))
        }
        let (program, faults) = check(
            "def f [] { release +14155550100 }\nexplain { f; read ./none.csv; bind-agent nobody --number +14155550100 }"
        )
        #expect(faults == [])
        #expect(program.effect == .pure)
        #expect(program.calls.isEmpty)
        #expect(program.providers.isEmpty)
        #expect(check("def f [] { release +14155550100 }\nexplain { f }\nf").program.effect == .irreversible)
    }

    @Test(arguments: [
        ("explain { lst }", ["C001"]), ("explain { search fake --area-code 12 }", ["C007"]),
        ("explain { list | first | purchase }", ["C033"]), ("list | explain { list }", ["C030"]),
        ("explain { transaction { release +14155550100 } }", ["C080"]), ("explain --x { list }", ["C002"]),
        ("explain { confirm 'go on?' }", []),
    ])
    func faultsAreReported(_ script: String, _ codes: [String]) throws {
        let registry = try Registry(plugins: [Plugin(provider: FakeProvider.self)], commands: BuiltIns.commands)
        let faults = registry.check(SourceText(name: "t", text: script)).diagnostics
        #expect(faults.map(\.code) == codes, "\(script) \(faults.map(\.message))")
    }

    @Test func aWholeProgramIsTold() throws {
        let registry = try Registry(plugins: [Plugin(provider: FakeProvider.self)], commands: BuiltIns.commands)
        let program = registry.check(SourceText(name: "t", text: "let n = 1 + 1\nprint $n")).program
        let explanation = Explanation(of: program, vocabulary: registry.vocabulary)
        #expect(
            explanation.text == """
                the value 1 + 1
                print $n
                  values  [$n], written
                  gives   nothing
                in all: no effect; nothing of it was done
                """)
    }
}
