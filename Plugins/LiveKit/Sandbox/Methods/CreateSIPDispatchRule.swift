import SwitchboardSandbox

extension LiveKitMethod {
    static let createDispatchRule: Body = { world, message, call throws(TwirpError) in
        var info: ProtoMessage
        if let wrapped = message.message("dispatch_rule") {
            guard !wrapped.has("sip_dispatch_rule_id") else {
                throw TwirpError(.invalidArgument, "rule id must not be set")
            }
            info = wrapped
            info.mirrorMedia()
        } else {
            info = ProtoMessage(flat: message)
        }
        try info.checkKind()
        info["created_at"] = .timestamp(call.time)
        info["updated_at"] = .timestamp(call.time)
        try world.checkConflict(info)
        info.set("sip_dispatch_rule_id", LiveKitID.make(LiveKitID.rule))
        world.store(info)
        return info
    }
}

extension ProtoMessage {
    /// The rule of a request in the deprecated form, its fields beside each other.
    fileprivate init(flat request: ProtoMessage) {
        self.init(DispatchRuleSchemas.info)
        for (name, value) in request.values where schema.field(named: name) != nil { self[name] = value }
    }

    /// Refuses a rule without a `rule`, and one whose `rule` is of no kind.
    func checkKind() throws(TwirpError) {
        guard let kind = message("rule") else { throw TwirpError(.invalidArgument, "missing rule") }
        guard !kind.values.isEmpty else {
            throw TwirpError(
                .invalidArgument, "twirp error unknown: unsupported SIP Dispatch Rule: <nil>")
        }
    }

    /// Makes `media` present, and it and the older `media_encryption` say the same.
    mutating func mirrorMedia() {
        var media = message("media") ?? ProtoMessage(DispatchRuleSchemas.media)
        if let encryption = media["encryption"] {
            self["media_encryption"] = encryption
        } else if let encryption = self["media_encryption"], encryption != .enumeration(0) {
            media["encryption"] = encryption
        }
        set("media", media)
    }
}

extension LiveKitWorld {
    /// Refuses a rule that decides calls which another rule decides.
    func checkConflict(_ rule: ProtoMessage) throws(TwirpError) {
        guard let other = rules.conflict(with: rule) else { return }
        let name = other.string("name").isEmpty ? "<blank name>" : other.string("name")
        throw TwirpError(
            .invalidArgument,
            "Dispatch rule for the same trunk, inbound number, number, and PIN combination already exists in "
                + "dispatch rule \"\(other.string("sip_dispatch_rule_id"))\" \"\(name)\"")
    }
}
