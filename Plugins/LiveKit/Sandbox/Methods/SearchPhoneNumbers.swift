import SwitchboardCore
import SwitchboardSandbox

extension LiveKitMethod {
    static let searchPhoneNumbers: Body = { world, message, call throws(TwirpError) in
        let country = message.string("country_code")
        guard !country.isEmpty else { throw TwirpError(.invalidArgument, "country_code is required") }
        let token = try PageToken(of: message)
        var response = ProtoMessage(PhoneNumberSchemas.searchResponse)
        guard country.uppercased() == "US" else { return response }
        world.takeBack(at: call.time)
        let isEndless = call.fault?.kind == .endless
        let area = message.string("area_code")
        let page = world.unsold(area: area.isEmpty ? nil : area, token, isEndless)
        response.set("items", page.numbers.map(world.inventory.offer))
        response.set("next_page_token", token.next(total: page.total, isEndless: isEndless))
        return response
    }
}

extension LiveKitWorld {
    fileprivate func unsold(
        area: String?, _ token: PageToken, _ isEndless: Bool
    ) -> (numbers: [String], total: Int) {
        func page(from offset: Int) -> (numbers: [String], total: Int) {
            inventory.unsold(
                areaCode: area, offset: offset, limit: token.limit, soldIn: soldIn, isSold: isSold)
        }
        let first = page(from: token.offset)
        guard isEndless, first.numbers.isEmpty else { return first }
        return page(from: token.start(total: first.total, isEndless: true))
    }
}
