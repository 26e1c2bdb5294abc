import SwitchboardSandbox

extension LiveKitMethod {
    static let updateDispatchRule: Body = { world, message, call throws(TwirpError) in
        let id = message.string("sip_dispatch_rule_id")
        guard !id.isEmpty else { throw TwirpError(.invalidArgument, "rule id must be set") }
        var info: ProtoMessage
        if let replacement = message.message("replace") {
            info = try replacement.asReplacement(id)
            guard let old = world.rules[id] else { throw .ruleNotFound }
            info["created_at"] = old["created_at"]
        } else if let update = message.message("update") {
            try ListChange.check(update.message("trunk_ids"))
            if let kind = update.message("rule"), kind.values.isEmpty { try update.checkKind() }
            guard let old = world.rules[id] else { throw .ruleNotFound }
            info = try old.updated(by: update)
        } else {
            throw TwirpError(.invalidArgument, "missing or unsupported update action")
        }
        info.set("sip_dispatch_rule_id", id)
        info["updated_at"] = .timestamp(call.time)
        info.mirrorMedia()
        try world.checkConflict(info)
        world.store(info)
        return info
    }
}

extension ProtoMessage {
    /// Checks a rule that is to take another's place; nothing of the other is kept but the id.
    fileprivate func asReplacement(_ id: String) throws(TwirpError) -> ProtoMessage {
        let own = string("sip_dispatch_rule_id")
        guard own.isEmpty || own == id else {
            throw TwirpError(.invalidArgument, "rule id in the info must be empty or match the id in the update")
        }
        try checkKind()
        return self
    }

    /// The rule with the fields changed that the update has.
    fileprivate func updated(by update: ProtoMessage) throws(TwirpError) -> ProtoMessage {
        var info = self
        if let change = update.message("trunk_ids") {
            info.set("trunk_ids", try ListChange.apply(change, to: strings("trunk_ids")))
        }
        for name in ["rule", "name", "metadata"] where update.has(name) { info[name] = update[name] }
        if update.has("attributes") {
            let merged = map("attributes").merging(update.map("attributes")) { _, new in new }
            info["attributes"] = .map(merged.filter { !$0.value.isEmpty || update.map("attributes")[$0.key] == nil })
        }
        if let media = update.message("media") {
            info.set("media", media)
            info["media_encryption"] = media["encryption"]
        }
        if let encryption = update["media_encryption"] {
            var media = info.message("media") ?? ProtoMessage(DispatchRuleSchemas.media)
            media["encryption"] = encryption
            info.set("media", media)
        }
        return info
    }
}

/// A `ListUpdate` (contract section 4.3).
enum ListChange {
    static func check(_ change: ProtoMessage?) throws(TwirpError) {
        guard let change else { return }
        let edits = change.strings("add") + change.strings("remove")
        let whole = change.strings("set")
        if change.bool("clear") {
            guard whole.isEmpty, edits.isEmpty else {
                throw TwirpError(.invalidArgument, "cannot clear and change the list at the same time")
            }
        } else if !whole.isEmpty, !edits.isEmpty {
            throw TwirpError(.invalidArgument, "cannot set and change the list at the same time")
        } else if whole.isEmpty, edits.isEmpty {
            throw TwirpError(.invalidArgument, "unsupported list update operation")
        }
        guard !(whole + edits).contains("") else {
            throw TwirpError(.invalidArgument, "empty element in the list")
        }
    }

    static func apply(_ change: ProtoMessage, to list: [String]) throws(TwirpError) -> [String] {
        try check(change)
        if change.bool("clear") { return [] }
        let whole = change.strings("set")
        guard whole.isEmpty else { return whole }
        var list = list
        for gone in change.strings("remove") {
            if let place = list.firstIndex(of: gone) { list.remove(at: place) }
        }
        for added in change.strings("add") where !list.contains(added) { list.append(added) }
        return list
    }
}
