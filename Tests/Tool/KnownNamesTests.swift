import Switchboard
import Testing

@testable import SwitchboardTool

/// What statements leave to those behind them.
@Suite struct KnownNamesTests {
    private func report(_ names: [String: Int64] = [:], shown: ValueType? = nil) -> RunReport {
        var report = RunReport(status: .succeeded)
        report.bindings = names.map { Engine.Binding(name: $0.key, value: .int($0.value), type: .int) }
        report.shown = shown
        return report
    }

    private func value(of name: String, in names: KnownNames) -> Value? { names.all.first { $0.name == name }?.value }

    @Test func onlyTheLastValueIsKept() {
        var names = KnownNames()
        #expect(names.all.isEmpty)
        names.take(report(shown: .list(.int)), showing: ShownResult(notSeen: .list([.int(1)])))
        names.take(report(shown: .string), showing: ShownResult(notSeen: .string("a")))
        #expect(names.all.map(\.name) == ["_"])
        #expect(names.value?.type == .string && names.value?.value == .string("a"))
        names.take(report(["x": 1]), showing: nil)
        #expect(value(of: "_", in: names) == .string("a"))
        names.take(report(), showing: ShownResult(notSeen: .bool(true)))
        #expect(names.value?.type == .any)
    }

    @Test func theLastErrorIsARecord() {
        var names = KnownNames()
        names.take(RunReport(status: .failed, error: SwitchboardError(.taken, "gone")), showing: nil)
        names.take(report(["x": 1]), showing: nil)
        guard case .record(let error)? = value(of: "_error", in: names) else {
            Issue.record("there is no error")
            return
        }
        #expect(error["code"] == .string("taken"))
        #expect(names.all.first { $0.name == "_error" }?.type == .record(.error))
    }

    @Test func aNameThatWasBoundMeanwhileKeepsItsValue() {
        var names = KnownNames()
        #expect(names.take(report(["x": 1]), showing: nil) == [])
        #expect(names.take(report(["x": 2, "y": 3]), showing: nil) == ["x"])
        #expect(value(of: "x", in: names) == .int(1) && value(of: "y", in: names) == .int(3))
    }
}
