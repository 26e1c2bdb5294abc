import SwitchboardCore

/// Secrets that are recognised wherever they turn up: of the account's shape, and good for nothing.
enum Marked {
    /// The settings with every secret replaced.
    static func settings(_ settings: ProviderSettings, of manifest: ProviderManifest) -> ProviderSettings {
        var plain: [String: String] = [:]
        var secrets: [String: Secret] = [:]
        for setting in manifest.settings {
            plain[setting.name] = settings[setting.name]
            secrets[setting.name] = settings.secret(setting.name).map { Secret(text($0.reveal())) }
        }
        return ProviderSettings(plain: plain, secrets: secrets)
    }

    /// A text of the same length and of the same kinds of letters, hexadecimal ones kept such.
    static func text(_ text: String) -> String {
        String(String.UnicodeScalarView(text.unicodeScalars.map { turned($0) }))
    }

    private static let alphabets = ["0123456789", "abcdef", "ghijklmnopqrstuvwxyz", "ABCDEF", "GHIJKLMNOPQRSTUVWXYZ"]
        .map { Array($0.unicodeScalars) }

    private static func turned(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        for letters in alphabets {
            if let place = letters.firstIndex(of: scalar) {
                return letters[(place + letters.count / 2) % letters.count]
            }
        }
        return scalar
    }

    /// What must never be shown: the secrets, and what the requests' headers make of them.
    static func words(_ settings: ProviderSettings, _ manifest: ProviderManifest, _ line: Line) -> [String] {
        let secrets = manifest.settings.compactMap { settings.secret($0.name)?.reveal() }
        let telling = ["auth", "token", "secret", "cookie", "api-key"]
        let headers = line.passed.flatMap(\.request.headers).filter { header in
            telling.contains { header.name.lowercased().contains($0) }
        }
        let credentials = headers.compactMap { $0.value.split(separator: " ").last.map(String.init) }
        return (secrets + credentials).filter { $0.utf8.count >= 4 }
    }
}

extension SwitchboardError {
    /// Everything of it that somebody may read.
    var texts: [String] {
        [message, help, cause, requestID, description].compactMap(\.self) + fields.keys + fields.values
    }
}
