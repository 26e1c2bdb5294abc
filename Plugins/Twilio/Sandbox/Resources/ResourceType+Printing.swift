import SwitchboardCore
import SwitchboardSandbox

extension TwilioWorld {
    /// The resource as its API prints it.
    func json(_ resource: Resource, _ call: TwilioCall) -> JSON {
        json(resource, resource.kind.type.fields, isTrunking: resource.kind.type.isTrunking, call.base)
    }

    /// The resource with the fields, its moments and links in the form of the API.
    func json(_ resource: Resource, _ fields: [Field], isTrunking: Bool, _ base: String) -> JSON {
        .object(
            fields.compactMap { field in
                printed(field, of: resource, isTrunking, base).map { .init(field.name, $0) }
            })
    }

    private func printed(_ field: Field, of resource: Resource, _ isTrunking: Bool, _ base: String) -> JSON? {
        let place = (isTrunking ? base : "") + location(of: resource)
        switch field.source {
        case .value: return resource[field.name]
        case .secret: return nil
        case .sid: return .string(resource.sid)
        case .account: return .string(resource.account)
        case .parent: return .string(resource.parent)
        case .created: return .string(isTrunking ? resource.created.iso8601 : resource.created.rfc2822)
        case .updated: return .string(isTrunking ? resource.updated.iso8601 : resource.updated.rfc2822)
        case .location: return .string(place)
        case .links(let links):
            let (stem, end) = isTrunking ? (place, "") : (String(place.dropLast(5)), ".json")
            return .object(links.map { .init($0.key, .string(stem + "/" + $0.value + end)) })
        case .computed(let value): return value(self, resource)
        }
    }

    /// The path at which it is found.
    func location(of resource: Resource) -> String {
        resource.kind.type.route.path([
            "account": resource.account, "parent": resource.parent, "sid": resource.sid,
        ])
    }
}
