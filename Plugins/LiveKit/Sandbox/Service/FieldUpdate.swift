extension ProtoMessage {
    /// The trunk or rule with the fields changed that the update has (contract section 4.3).
    ///
    /// Lists are edited and attributes merged; every other field is replaced.
    func updated(by update: ProtoMessage) -> ProtoMessage {
        var result = self
        if update.has("media_encryption"), var media = message("media") {
            media["encryption"] = nil
            result.set("media", media)
        }
        for (name, value) in update.values { result.change(name, to: merged(value, into: name)) }
        result.mirrorMedia()
        return result
    }

    /// Sets a field, or unsets it when the value is the field's default.
    mutating func change(_ name: String, to value: ProtoValue) {
        self[name] = schema.field(named: name)?.normal(value)
    }

    /// Makes `media` present, and it and the older `media_encryption` say the same; `media` counts first.
    mutating func mirrorMedia() {
        var media = message("media") ?? ProtoMessage(SIPSchemas.media)
        if let encryption = media["encryption"] {
            change("media_encryption", to: encryption)
        } else {
            media["encryption"] = self["media_encryption"]
        }
        set("media", media)
    }

    /// The value of a field after a change of it; an attribute with an empty value is deleted.
    private func merged(_ change: ProtoValue, into name: String) -> ProtoValue {
        switch change {
        case .message(let list) where list.schema === SIPSchemas.listUpdate:
            return .list(ListChange.apply(list, to: strings(name)).map { .string($0) })
        case .map(let attributes):
            let rest = map(name).filter { attributes[$0.key] == nil }
            return .map(rest.merging(attributes.filter { !$0.value.isEmpty }) { _, new in new })
        default: return change
        }
    }
}
