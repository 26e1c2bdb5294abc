import SwitchboardCore

extension ResourceType {
    /// The operations that need nothing but what the type says.
    var operations: [TwilioOperation] {
        Verb.allCases.filter(verbs.contains).map { verb in
            switch verb {
            case .list: TwilioOperation("List" + noun, "GET", route.list, faults: [.endless], run: list)
            case .create: TwilioOperation("Create" + noun, "POST", route.list, faults: faults, run: create)
            case .fetch: TwilioOperation("Fetch" + noun, "GET", route, run: fetch)
            case .update: TwilioOperation("Update" + noun, "POST", route, run: update)
            case .delete: TwilioOperation("Delete" + noun, "DELETE", route, run: delete)
            }
        }
    }

    private var list: TwilioOperation.Body {
        { world, call throws(TwilioError) in
            try world.requireParent(of: kind, call)
            let all = world.all(kind, of: call.parent).filter { $0.created <= call.time }
            return .ok(
                try world.page(filtered(all, call), listKey, isTrunking: isTrunking, call) { world.json($0, call) })
        }
    }

    private var create: TwilioOperation.Body {
        { world, call throws(TwilioError) in
            try world.requireParent(of: kind, call)
            for name in required { _ = try call.parameters.required(name) }
            var resource = Resource(kind, account: call.account.sid, parent: call.parent, at: call.time)
            try apply(call.parameters, to: &resource, isNew: true)
            try rule(world, &resource, nil, call)
            return .created(world.json(world.add(resource), call))
        }
    }

    private var fetch: TwilioOperation.Body {
        { world, call throws(TwilioError) in .ok(world.json(try world.named(kind, call), call)) }
    }

    private var update: TwilioOperation.Body {
        { world, call throws(TwilioError) in
            let earlier = try world.named(kind, call)
            var resource = earlier
            try apply(call.parameters, to: &resource, isNew: false)
            resource.updated = call.time
            try rule(world, &resource, earlier, call)
            world.put(resource)
            return .ok(world.json(resource, call))
        }
    }

    private var delete: TwilioOperation.Body {
        { world, call throws(TwilioError) in
            let resource = try world.named(kind, call)
            try farewell(&world, resource, call)
            world.remove(resource)
            return .gone
        }
    }
}

extension TwilioWorld {
    /// One page of resources.
    func page(
        _ resources: [Resource], _ key: String, isTrunking: Bool, _ call: TwilioCall, _ print: (Resource) -> JSON
    ) throws(TwilioError) -> JSON {
        let page = try Page(of: resources, call)
        let records = page.resources.map(print)
        return isTrunking ? page.trunking(key, records) : page.core(key, records)
    }

    /// The resource that the path names; throws 20404 where the account has none, or its parent is another one.
    func named(_ kind: Kind, _ call: TwilioCall) throws(TwilioError) -> Resource {
        try requireParent(of: kind, call)
        let key = kind.isReference ? call.parent + "/" + call.sid : call.sid
        guard let resource = self[kind, key], resource.account == call.account.sid, resource.parent == call.parent,
            resource.created <= call.time
        else { throw call.notFound }
        return resource
    }

    func requireParent(of kind: Kind, _ call: TwilioCall) throws(TwilioError) {
        guard let parent = kind.type.parent else { return }
        guard self[parent, call.parent]?.account == call.account.sid else { throw call.notFound }
    }
}
