import LiveKitProvider
public import Switchboard
import TwilioCommands
import TwilioProvider

/// The plugins that the stock program registers at startup; a new provider adds its line here.
public enum AllProviders {
    /// The plugins in the order that users see.
    public static let plugins: [Plugin] = [
        Plugin(provider: LiveKitProvider.self),
        Plugin(provider: TwilioProvider.self, commands: [TwilioTwiml.self, TwilioBridge.self]),
    ]
}
