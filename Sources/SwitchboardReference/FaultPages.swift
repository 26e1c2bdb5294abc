import SwitchboardCore
import SwitchboardEngine
import SwitchboardLanguage

/// Makes the pages of the error codes; the picture on a page is drawn by the check itself wherever it finds the fault.
struct FaultPages {
    let registry: Registry

    /// The codes of one letter, with the stage that finds them.
    struct Family: Sendable {
        var title: String
        var faults: [any CodedFault]
    }

    /// All families, in the order of the stages.
    static let families = [
        Family(title: "Text and grammar", faults: SyntaxFault.allCases),
        Family(title: "Check", faults: CheckFault.allCases),
        Family(title: "Data files", faults: DataFault.Kind.allCases),
        Family(title: "Run", faults: RunTimeFault.allCases),
    ]

    var pages: [Page] { Self.families.flatMap(\.faults).map(page) }

    /// The page of a code, or none.
    func pages(of code: String) -> [Page] { Self.families.flatMap(\.faults).filter { $0.code == code }.map(page) }

    private func page(_ fault: any CodedFault) -> Page {
        let page = fault.page
        let parts = page.example.map { example($0, of: fault) } ?? []
        return Page(
            kind: .fault, name: fault.code, summary: page.meaning,
            parts: parts + [
                .heading("What to do"), .prose(page.advice),
                .facts([.init(label: "exit status", value: status(fault))]),
            ])
    }

    private func example(_ example: FaultExample, of fault: any CodedFault) -> [Page.Part] {
        var parts: [Page.Part] = [.heading("Example"), .lines(visible(example.shown), as: "swb")]
        if !example.options.isEmpty {
            parts.append(.prose("Run by switchboard \(example.options.joined(separator: " ")) run example.swb."))
        }
        if example.isLatin1 { parts.append(.prose("Saved in Latin-1.")) }
        for file in example.files {
            parts.append(.prose(file.text.isEmpty ? "\(file.name) is empty." : "\(file.name):"))
            if !file.text.isEmpty { parts.append(.lines(String(file.text.dropLast()), as: "text")) }
        }
        return parts + [.lines(example.picture ?? picture(of: example, fault.code), as: "output")]
    }

    /// What the check says of the example, the first time that it comes to this code.
    private func picture(of example: FaultExample, _ code: String) -> String {
        let (program, diagnostics) = registry.check(example.source)
        return DiagnosticRenderer(program.source).render(diagnostics.first { $0.code == code }.map { [$0] } ?? [])
    }

    private func visible(_ script: String) -> String {
        script.split(separator: "\n").map { VisibleText.of(String($0)) }.joined(separator: "\n")
    }

    private func status(_ fault: any CodedFault) -> String {
        guard let fault = fault as? RunTimeFault else { return "2; nothing of the script has run" }
        let error = SwitchboardError(fault.errorCode ?? ErrorCode(rawValue: "failed"), "")
        return "\(RunReport(status: .failed, error: error).exitStatus)"
    }
}
