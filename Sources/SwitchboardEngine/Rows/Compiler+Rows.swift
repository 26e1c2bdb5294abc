import SwitchboardCore
import SwitchboardLanguage

extension Compiler {
    /// A command or def that maps over a list.
    func mapped(_ once: Passage, _ signature: CommandSignature, _ rows: RowPlan?) -> Passage {
        let givesNothing = if case .type(.nothing) = signature.output { true } else { false }
        guard let rows else {
            return Passage { frame, input in
                guard case .list(let items) = input else { return try once(frame, input) }
                var results: [Value] = []
                for (index, item) in items.enumerated() {
                    do { results.append(try once(frame, item)) } catch let fault as RunFault {
                        throw fault.inRow(index, item)
                    }
                }
                return givesNothing ? .nothing : .list(results)
            }
        }
        let run = self.rows(once, rows, givesNothing: givesNothing)
        return Passage { frame, input in
            if case .list = input { try run(frame, input) } else { try once(frame, input) }
        }
    }

    /// A block that runs for each row, with the row in a slot and as the item.
    func each(_ slot: Int?, _ body: Code, _ plan: RowPlan) -> Passage {
        let row = Passage { frame, item in
            let outer = frame.item
            defer { frame.item = outer }
            frame.item = item
            if let slot { frame.slots[slot] = item }
            return try body(frame)
        }
        return rows(row, plan, givesNothing: false)
    }

    private func rows(_ body: Passage, _ plan: RowPlan, givesNothing: Bool) -> Passage {
        let flags = plan.flags.mapValues(code)
        return Passage { frame, input in
            guard case .list(let items) = input else {
                throw RunFault(.invalidArgument, "rows come from a list, and this is \(input.typeName)", plan.span)
            }
            let run = try RunFault.at(plan.span) {
                try frame.run.checkCancelled()
                let options = try RowOptions(try flags.mapValues { try $0(frame) })
                return try RowsRun(items, options, body, frame.run, plan.span)
            }
            do {
                let outcomes = try run.run(in: frame)
                if plan.isCollected { return .list(run.records(outcomes)) }
                let values = outcomes.map(\.value)
                return givesNothing || values.allSatisfy(\.isNothing) ? .nothing : .list(values)
            } catch let ended as RowsEnded where !plan.isReported { throw ended.cause }
        }
    }

    // MARK: Reports

    func isReport(_ stage: StageNode) -> Bool {
        if case .call(let call) = stage { call.command == "report" && program.defs["report"] == nil } else { false }
    }

    /// Rows that end early are reported all the same, also when the run is cancelled.
    func reported(_ rows: Passage, by report: Passage) -> Passage {
        Passage { frame, input in
            do { return try rows(frame, input) } catch let ended as RowsEnded {
                let run = frame.run.part(cancel: CancelToken())
                // What ended the rows decides how the run ends, whatever becomes of the report.
                do { _ = try report(Frame(sharing: frame, run: run), .list(ended.rows)) } catch let fault as RunFault {
                    run.note("the report could not be written: \(fault.error.message)")
                }
                throw ended.cause
            }
        }
    }
}

extension RunFault {
    /// The same, with the row of the list that it belongs to.
    func inRow(_ index: Int, _ row: Value) -> RunFault {
        var fault = self
        let name = row.ownNumber.map { " (\($0.text))" } ?? ""
        fault.notes.append(.init("row", "\(index + 1)\(name)"))
        return fault
    }
}
