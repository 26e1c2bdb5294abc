extension ResourceType {
    /// TwiML that Twilio itself serves; its API knows no Bins, so seeds make them (contract section 6.2).
    static let twimlBin = ResourceType(
        kind: .twimlBin, noun: "TwimlBin", prefix: "EH", listKey: "twiml_bins", route: Route("/twiml/{sid}"),
        fields: [
            .sid, .account, .set("FriendlyName", .text(1...64, else: 20001)),
            .set("Twiml", .text(1...65_536, else: 11750)), .created, .updated, .url,
        ],
        verbs: [])
}
