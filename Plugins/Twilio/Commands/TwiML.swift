/// TwiML that has Twilio lead a call to a SIP URI.
///
/// Its attributes are in alphabetical order and apostrophes stay, as in what Twilio's own libraries write (contract
/// section 6.2).
struct TwiML: Hashable, Sendable {
    /// The document, on one line.
    let text: String

    /// Makes the document; credentials that are nil are left out.
    ///
    /// Throws `invalid_argument` where a text has a character that no XML document can hold.
    init(dialing uri: String, username: String? = nil, password: String? = nil) throws {
        let attributes = try [("password", password), ("username", username)].compactMap { name, value in
            try value.map { " \(name)=\"\(try XMLText.attribute($0, named: name))\"" }
        }
        text =
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Response><Dial><Sip\(attributes.joined())>"
            + "\(try XMLText.content(uri, named: "SIP URI"))</Sip></Dial></Response>"
    }
}
