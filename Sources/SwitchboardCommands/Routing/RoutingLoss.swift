import SwitchboardCore
import SwitchboardEngine

/// What a deletion costs, told before it.
enum RoutingLoss {
    /// A number that stops working, and how.
    case number(String, String)
    /// Something worth knowing.
    case remark(String)

    var note: String {
        switch self {
        case .number(let number, let what): "\(number) stops working: \(what)"
        case .remark(let remark): remark
        }
    }
}

extension RunSession {
    /// Tells what a deletion costs and, where real numbers stop working, goes on only when somebody says so.
    func warn(of losses: [RoutingLoss]) throws {
        for loss in losses { note(loss.note) }
        let count = losses.count { if case .number = $0 { true } else { false } }
        guard count > 0 else { return }
        try confirm("\(count) number\(count == 1 ? " stops" : "s stop") working, and this cannot be taken back")
    }
}
