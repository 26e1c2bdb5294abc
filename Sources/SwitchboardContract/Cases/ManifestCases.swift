import SwitchboardCore

/// What a provider says of itself, and how it is made: nothing is asked of anybody.
enum ManifestCases {
    static let all = [
        ContractCase(
            "manifest-complete", .every,
            shows: "the manifest says everything that users, the checker and help read of it"
        ) { bench in
            let faults = faults(of: bench.manifest)
            try require(faults.isEmpty, faults.joined(separator: "; "))
            return "\(bench.manifest.settings.count) settings, \(bench.manifest.capabilities.count) capabilities"
        },
        ContractCase(
            "manifest-abilities", .every, shows: "an ability is declared where the type has it, and nowhere else"
        ) { bench in
            for ability in ContractAbility.allCases {
                guard let capability = ability.capability else { continue }
                let isDeclared = bench.manifest.capabilities[capability]?.isYes ?? false
                let isThere = ability.isIn(bench.subject.type)
                try require(!isDeclared || isThere, "the manifest offers \(capability), and the type does not have it")
                try require(isDeclared || !isThere, "the type has \(capability), and the manifest does not offer it")
            }
            let offered = Capability.all.filter { bench.manifest.capabilities[$0]?.isYes ?? false }
            return offered.isEmpty ? "offers nothing" : offered.map(\.rawValue).joined(separator: " ")
        },
        ContractCase(
            "settings-missing", .every,
            shows: "without a required setting it is not made, and the error names the setting"
        ) { bench in
            let needed = bench.manifest.settings.filter { $0.isRequired && $0.defaultValue == nil }
            for setting in needed {
                let settings = bench.subject.settings.without(setting.name, of: bench.manifest)
                let error = try await failure(of: "making it without '\(setting.name)'") {
                    try bench.subject.trial(.none, settings: settings)
                }
                try require(error.code == .unauthorized, "without '\(setting.name)' it throws \(error.code)")
                let isNamed = error.texts.contains { $0.contains(setting.name) }
                try require(isNamed, "the error does not name '\(setting.name)': \(error.message)")
            }
            return needed.isEmpty ? "it needs none" : needed.map(\.name).joined(separator: " ")
        },
        ContractCase("making-silent", .every, shows: "making it asks nobody") { bench in
            let trial = try bench.subject.trial()
            // A request that is sent behind the maker's back has had time to leave by then.
            try await Task.sleep(for: .milliseconds(20))
            try require(trial.line.count == 0, "it sent \(trial.line.count) requests before anybody asked for anything")
            return "no request"
        },
    ]

    private static func faults(of manifest: ProviderManifest) -> [String] {
        var faults: [String] = []
        func demand(_ condition: Bool, _ fault: String) { if !condition { faults.append(fault) } }
        demand(
            isWord(manifest.name, "abcdefghijklmnopqrstuvwxyz0123456789-"),
            "the name '\(manifest.name)' is no plain word")
        demand(!manifest.displayName.isEmpty, "there is no displayName")
        demand(isSentence(manifest.summary), "the summary is no sentence without a period")
        for capability in Capability.all {
            let remark = manifest.capabilities[capability]?.remark
            demand(remark?.isEmpty == false, "the capability \(capability) has no answer with a remark")
        }
        for setting in manifest.settings {
            demand(
                isWord(setting.name, "abcdefghijklmnopqrstuvwxyz0123456789_"),
                "the setting '\(setting.name)' is no plain word")
            demand(!setting.help.isEmpty, "the setting '\(setting.name)' has no help")
        }
        demand(Set(manifest.settings.map(\.name)).count == manifest.settings.count, "two settings have one name")
        demand(
            manifest.settings.contains(where: \.isURL),
            "no setting is its base URL, so neither a sandbox nor a check of it can be reached")
        for country in manifest.countries {
            demand(NumberingPlan.callingCode(of: country) != nil, "'\(country)' is no country")
        }
        demand(
            !(manifest.capabilities[.search]?.isYes ?? false) || !manifest.countries.isEmpty,
            "it searches in no country")
        demand(manifest.settleTime >= .zero, "settleTime is less than nothing")
        return faults
    }

    private static func isWord(_ text: String, _ letters: String) -> Bool {
        !text.isEmpty && text.allSatisfy(letters.contains)
    }

    private static func isSentence(_ text: String) -> Bool { !text.isEmpty && !text.hasSuffix(".") }
}

extension LineFault {
    /// A fault that befalls nothing.
    static let none = LineFault(kind: .noConnection, request: Int.max)
}

extension ProviderSettings {
    /// The settings of a manifest, all but one.
    fileprivate func without(_ name: String, of manifest: ProviderManifest) -> ProviderSettings {
        var plain: [String: String] = [:]
        var secrets: [String: Secret] = [:]
        for setting in manifest.settings where setting.name != name {
            plain[setting.name] = self[setting.name]
            secrets[setting.name] = secret(setting.name)
        }
        return ProviderSettings(plain: plain, secrets: secrets)
    }
}
