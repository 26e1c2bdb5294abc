import SwitchboardCore
import SwitchboardSandbox

extension LiveKitMethod {
    /// As the open-source server does, the page's limit does not cut the answer: all that follows `after_id` comes.
    static let listDispatchRules: Body = { world, message, call throws(TwirpError) in
        let wanted = Set(message.strings("dispatch_rule_ids"))
        let trunks = Set(message.strings("trunk_ids"))
        let after = call.fault?.kind == .endless ? "" : message.message("page")?.string("after_id") ?? ""
        let items = world.rules.ids.filter { id in
            let named = world.rules[id]?.strings("trunk_ids") ?? []
            return id > after && (wanted.isEmpty || wanted.contains(id))
                && (trunks.isEmpty || named.isEmpty || !trunks.isDisjoint(with: named))
        }
        var response = ProtoMessage(DispatchRuleSchemas.listResponse)
        response.set("items", items.compactMap { world.rules[$0] })
        return response
    }
}
