import LiveKitSandbox
public import SwitchboardSandbox
import TwilioSandbox

/// The emulators that the stock sandbox runs, in the order of their ports.
public enum AllEmulators {
    /// One line for each vendor.
    public static let list: [any Emulator.Type] = [
        LiveKitEmulator.self,
        TwilioEmulator.self,
    ]
}
