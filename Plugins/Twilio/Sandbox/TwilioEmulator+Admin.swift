public import SwitchboardCore
import SwitchboardSandbox
import Synchronization

extension TwilioEmulator {
    /// `accounts` with their tokens and all that they have, passwords included, in the form that a seed takes; and the
    /// `history` of all purchases and releases.
    public func state() -> JSON {
        world.withLock { world in
            let accounts = world.accounts.values.sorted { $0.sid < $1.sid }
            return [
                "emulator": .string(Self.name), "accounts": .array(accounts.map(world.truth)),
                "history": .array(world.history.map(\.truth)),
            ]
        }
    }

    /// Forgets everything but the accounts that are there at first and the inventory.
    public func reset() throws {
        try world.withLock { world in
            world = TwilioWorld(inventory: world.inventory)
            try context.documents.apply([.removeAll])
        }
    }
}

extension TwilioWorld {
    fileprivate func truth(_ account: TwilioAccount) -> JSON {
        let lists = SeedList.all.map { list in
            JSON.Member(list.name, .array(all(list.kind, of: account.sid).map { truth($0, list) }))
        }
        return .object((account.json.members ?? []) + lists)
    }

    /// The resource with its fields by name, and with what hangs on it.
    private func truth(_ resource: Resource, _ list: SeedList) -> JSON {
        let fields = resource.kind.type.fields.compactMap { field -> JSON.Member? in
            switch field.source {
            case .value, .secret: .init(field.name, resource[field.name])
            default: nil
            }
        }
        let children = list.children.map { child in
            let all = all(child.kind, of: resource.sid)
            return JSON.Member(
                child.name, .array(all.map { child.kind.isReference ? .string($0.sid) : truth($0, child) }))
        }
        return .object([.init("sid", .string(resource.sid))] + fields + children)
    }
}
