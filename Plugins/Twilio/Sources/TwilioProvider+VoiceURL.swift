public import SwitchboardCore

/// The webhook of a number: where Twilio asks for TwiML when a call comes.
extension TwilioProvider {
    /// Returns one of the account's own numbers with its voice URL, empty for none; nil where it holds no such number.
    ///
    /// The URL counts only while the number has no trunk and no application. It may have credentials in it.
    public func voiceURL(of number: E164) async throws -> (number: CarrierNumber, url: String)? {
        try await numberCalls.incoming(number).map { ($0.carrierNumber, $0.voiceURL) }
    }

    /// Sets the voice URL, or takes it away with an empty one; setting it again changes nothing.
    public func setVoiceURL(_ url: String, of number: CarrierNumber) async throws {
        try await numberCalls.route(sid: number.id, [("VoiceUrl", url)])
    }
}
