import FoundationEssentials
import SwitchboardCore

/// Makes the ids of sessions: `session_`, ten characters of the time in milliseconds and sixteen of chance.
enum SessionID {
    static func make(at time: Date) -> String {
        let digits = Array(IDKind.crockford)
        var milliseconds = UInt64(max(0, time.timeIntervalSince1970 * 1000))
        var characters: [Character] = []
        for _ in 0..<10 {
            characters.append(digits[Int(milliseconds & 31)])
            milliseconds >>= 5
        }
        let chance = (0..<16).map { _ in digits[Int.random(in: 0..<32)] }
        return "session_" + String(characters.reversed() + chance)
    }
}
