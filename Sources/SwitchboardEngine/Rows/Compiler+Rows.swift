import SwitchboardCore
import SwitchboardLanguage

extension Compiler {
    /// A command or def that maps over a list; one that only computes may do so item by item, and a row of a command that
    /// does more may come later.
    func mapped(
        _ once: Passage, _ signature: CommandSignature, _ plan: RowPlan?, _ place: String, streams: Bool,
        mayComeLater: Bool = false
    ) -> Stage {
        let givesNothing = if case .type(.nothing) = signature.output { true } else { false }
        if let plan {
            let run = rows(once, plan, place, givesNothing: givesNothing, mayComeLater: mayComeLater)
            return Stage { frame, flow in
                guard case .value(let input) = flow else { return try run(frame, flow) }
                if case .list = input { return try run(frame, flow) }
                return .value(try once(frame, input))
            }
        }
        let inRow: @Sendable (Frame, Int, Value, String?) throws -> Value = { frame, index, item, name in
            do { return try frame.within(name) { try once(frame, item) } } catch let fault as RunFault {
                throw fault.inRow(index, item)
            }
        }
        return Stage { frame, flow in
            let items: any ItemSource
            switch flow {
            case .items(let source) where streams && (source.isRepeatable || signature.input == .eachItem):
                return .items(MappedItems(items: source) { try inRow(frame, $0, $1, nil) })
            case .items(let source) where source.isRepeatable:
                try source.rehearse(frame)
                items = source
            default:
                let input = try flow.value(in: frame)
                guard case .list(let list) = input else { return .value(try once(frame, input)) }
                items = ListItems(items: list)
            }
            try frame.tellOfTurnsGone(items) { $0.dropFirst().prefix { $0 != "/" && $0 != "[" } == place }
            let names = TurnNames()
            let results =
                try mayComeLater
                ? Self.inTwoPasses(items, frame, names, inRow)
                : MappedItems(items: items) { try inRow(frame, $0, $1, frame.name($1, names)) }.list()
            return .value(givesNothing ? .nothing : results)
        }
    }

    /// The results of all items in their order; those that come later run behind the others.
    private static func inTwoPasses(
        _ items: any ItemSource, _ frame: Frame, _ names: TurnNames,
        _ inRow: (Frame, Int, Value, String?) throws -> Value
    ) throws -> Value {
        if let fault = items.listFault { throw fault }
        let part = frame.run.part(cancel: frame.run.cancel, mayComeLater: true)
        defer { frame.run.part.add(part.part) }
        let early = Frame(sharing: frame, run: part)
        var results: [Value] = []
        var late: [(index: Int, item: Value, name: String?)] = []
        try items.forEach { item in
            let name = frame.name(item, names)
            do { results.append(try inRow(early, results.count, item, name)) } catch is ComesLater {
                late.append((results.count, item, name))
                results.append(.nothing)
            }
            return true
        }
        for (index, item, name) in late { results[index] = try inRow(frame, index, item, name) }
        return .list(results)
    }

    /// A block that runs for each row, with the row in a slot and as the item.
    func each(_ slot: Int?, _ steps: [Step], _ plan: RowPlan, _ place: String) -> Stage {
        let (body, inner) = inside { value(of: steps) }
        addPlace(place, inner)
        let row = Passage { frame, item in
            let outer = frame.item
            defer { frame.item = outer }
            frame.item = item
            if let slot { frame.slots[slot] = item }
            return try body(frame)
        }
        return rows(row, plan, place, givesNothing: false, onlyComputes: steps.allSatisfy(\.callsNothing))
    }

    /// Rows that run as the next stage takes what becomes of them.
    ///
    /// What flows in is looked at whole before the first of them runs: what the stages in front have to refuse, and two
    /// rows of one name.
    private func rows(
        _ body: Passage, _ plan: RowPlan, _ place: String, givesNothing: Bool, onlyComputes: Bool = false,
        mayComeLater: Bool = false
    ) -> Stage {
        let flags = plan.flags.mapValues(code)
        return Stage { frame, flow in
            let rows: any ItemSource
            switch flow {
            case .items(let items) where items.isRepeatable: rows = items
            default:
                let input = try flow.value(in: frame)
                if case .unknown(let placeholder) = input, let plan = frame.run.plan {
                    let result = try plan.under("for each of \(Placeholder.text)", isCondition: true) {
                        try body(frame, .unknown(placeholder.item))
                    }
                    return .value(result.isNothing ? .nothing : .unknown(Placeholder(.list(.any))))
                }
                guard case .list(let list) = input else {
                    throw RunFault(.invalidArgument, "rows come from a list, and this is \(input.typeName)", plan.span)
                }
                rows = ListItems(items: list)
            }
            return try RunFault.at(plan.span) {
                try frame.run.checkCancelled()
                let asked = try RowOptions(try flags.mapValues { try $0(frame) })
                let options = frame.run.plan == nil ? asked : asked.oneByOne
                let total =
                    rows.needsNames(by: options.key)
                    ? try RowName.requireDistinct(rows, key: options.key, in: frame) : try rows.rehearse(frame)
                let run = RowsRun(
                    options, body, frame.run, plan, path: frame.path.map { "\($0)/\(place)" }, total: total,
                    onlyComputes: onlyComputes, mayComeLater: mayComeLater)
                return .items(RowOutcomes(run, of: rows, in: frame, givesNothing: givesNothing))
            }
        }
    }
}

extension RunFault {
    /// The same, with the row of the list that it belongs to.
    func inRow(_ index: Int, _ row: Value) -> RunFault { inRow(index, row, named: row.ownNumber?.text) }

    func inRow(_ index: Int, _ row: Value, named name: String?) -> RunFault {
        var fault = self
        fault.notes.append(.init("row", Self.words(ofRow: index, row, name)))
        return fault
    }

    /// Which row it is, such as `2 (site=b) of ./sites.csv, line 3`.
    static func words(ofRow index: Int, _ row: Value, _ name: String?) -> String {
        let own = "\(index + 1)" + (name.map { " (\($0))" } ?? "")
        guard case .record(let record) = row, let place = record.place else { return own }
        return "\(own) of \(place.file), line \(place.line)"
    }
}
