extension LiveKitMethod {
    static let getPhoneNumber: Body = { world, message, call throws(TwirpError) in
        let number = try world.named(by: message, released: true)
        var response = ProtoMessage(PhoneNumberSchemas.getResponse)
        response.set("phone_number", world.message(number, call))
        return response
    }
}
