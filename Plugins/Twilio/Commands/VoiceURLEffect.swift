import SwitchboardCore
import SwitchboardEngine
import SwitchboardStore
import TwilioProvider

/// Having Twilio ask at exactly one URL what to do with a number's calls.
///
/// The URL of a webhook may have credentials in it, so the journal holds neither the one before nor the one behind.
struct VoiceURLEffect: Effect {
    /// The kind.
    static let kind = "twilio-voice-url"

    let number: CarrierNumber
    let url: SecretReference
    /// The one before, empty for none.
    let earlier: SecretReference

    /// Why Twilio, which sends no credentials, cannot be sent there; nil where it can.
    static func fault(in url: String) -> (message: String, help: String)? {
        guard let parts = URLParts(url), !parts.hasUserInfo else {
            return (
                "this is no URL that TwiML is served at", "give the whole of it, such as https://acme.example/twiml"
            )
        }
        guard parts.scheme == "https" || LoopbackURL.isLoopback(url: url) else {
            return ("TwiML holds a password, and this URL is not encrypted", "serve it with https")
        }
        return nil
    }

    /// Looks where the calls go now, so that none is led away unasked, then sets the URL.
    static func carryOut(_ url: String, _ number: E164, replacing: Bool, _ run: RunSession) throws {
        if let fault = fault(in: url) { throw SwitchboardError(.invalidArgument, fault.message, help: fault.help) }
        let twilio = try run.providers.twilio()
        let bought = try run.isPlan ? run.providers.planned(number, at: "twilio") : nil
        guard let (held, earlier) = try bought.map({ ($0, "") }) ?? run.ask({ try await twilio.voiceURL(of: number) })
        else {
            throw SwitchboardError(
                .notFound, "the twilio account holds no number \(number)", help: "nothing was changed")
        }
        switch held.route {
        case .trunk(let id): throw overruled(number, by: "trunk \(id)")
        case .application(let id): throw overruled(number, by: "application \(id)")
        case .webhook where earlier == url: return try run.unchanged("the voice URL of \(number) is that already")
        case .webhook where !replacing:
            throw SwitchboardError(
                .conflict, "\(number) has another voice URL", help: "give --replace to put this one in its place")
        case .webhook, .nowhere: break
        }
        _ = try run.carryOut(
            VoiceURLEffect(
                number: held, url: SecretReference(Secret(url)), earlier: SecretReference(Secret(earlier))))
    }

    private static func overruled(_ number: E164, by route: String) -> SwitchboardError {
        SwitchboardError(
            .conflict, "the calls to \(number) go to \(route) at twilio, which overrules a voice URL",
            help: "take the number off it first")
    }

    /// The text `voice URL +15105550100`.
    var subject: String { "voice URL \(number.e164)" }

    /// None.
    var slots: Intent.Slots { Intent.Slots() }

    /// What it does.
    var summary: String { "set the voice URL of \(number.e164) at twilio" }

    /// Sets it.
    func perform(in world: EffectWorld) async throws -> CarrierNumber {
        try await world.providers.twilio().setVoiceURL(try world.secret(url).reveal(), of: number)
        return number
    }

    /// The number with its new URL.
    func foresee(in world: EffectWorld) async throws -> CarrierNumber { number }

    /// Asks whether it is set.
    func reconcile(in world: EffectWorld) async throws -> Settlement<CarrierNumber> {
        let found = try await world.providers.twilio().voiceURL(of: number.e164)
        return found?.url == (try world.secret(url).reveal()) ? .done(number) : .notDone
    }

    /// Nothing: the ledger knows no voice URLs.
    func changes(_ outcome: CarrierNumber, in world: EffectWorld) -> [LedgerChange] { [] }

    /// Setting the earlier one.
    func inverse(of outcome: CarrierNumber) -> Inverse {
        .effect(VoiceURLEffect(number: number, url: earlier, earlier: url))
    }
}
