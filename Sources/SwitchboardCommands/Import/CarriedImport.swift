import SwitchboardCore
import SwitchboardEngine
import SwitchboardLanguage
import SwitchboardStore

/// Numbers of the customer's own account with a carrier.
///
/// A number of its own is led here by a trunk, a verified caller id is shown when the platform calls out; which of the two
/// it is, the account tells (contract section 4).
struct CarriedImport: ImportSource {
    /// The carrier, by its registered name.
    let name: String
    /// The flags that give an account of its own to a row, such as `twilio-account-sid` and `twilio-auth-token`.
    let accountFlag: String
    let secretFlag: String

    var takes: [String] { ["account", accountFlag, secretFlag, "replace"] }

    init?(_ plugin: Plugin) {
        guard plugin.provider is any CarrierTrunking.Type else { return nil }
        let manifest = plugin.manifest
        guard let account = manifest.settings.first(where: \.isAccount),
            let secret = manifest.settings.first(where: { $0.isSecret && $0.isRequired })
        else { return nil }
        name = manifest.name
        (accountFlag, secretFlag) = (Self.flag(manifest, account), Self.flag(manifest, secret))
    }

    private static func flag(_ manifest: ProviderManifest, _ setting: ProviderSetting) -> String {
        "\(manifest.name)-\(setting.name)".replacing("_", with: "-")
    }

    /// The parameters that the carrier adds to `import`.
    static func parameters(of plugin: Plugin) -> [Parameter] {
        guard let source = CarriedImport(plugin) else { return [] }
        return [
            Parameter(
                source.accountFlag, .flag, .string, help: "\(source.name): the account that has the number, by its id"),
            Parameter(
                source.secretFlag, .flag, .secret,
                help: "\(source.name): its secret, which is kept as the secret \(source.name)-ID once it is accepted"),
        ]
    }

    /// What the carrier adds to the examples of `import`.
    var example: CommandSignature.Example {
        .init(
            "import +13125550150 --source \(name) --agent support",
            "a number of the profile's own account at \(name), whose calls are led here from now on",
            setUp: "agent add support; sandbox seed --provider \(name) --numbers [+13125550150]")
    }

    func fault(given: Set<String>, written: Set<String>) -> TypeFault? {
        if given.contains("account"), given.contains(accountFlag) {
            return TypeFault("the account is told twice, by --account and by --\(accountFlag)", at: accountFlag)
        }
        if written.contains(secretFlag), !given.contains(accountFlag) {
            return TypeFault("--\(secretFlag) needs --\(accountFlag)", at: secretFlag)
        }
        return faultOfParameters(given: given, written: written)
    }

    /// Whether a number of this source is what an import by this word leads to.
    func leads(to source: NumberSource) -> Bool { source.rawValue == name || source == .verifiedCallerID }

    // MARK: Obtaining

    func obtain(_ row: ImportRow, _ run: RunSession) throws {
        let account = try accountID(row, run)
        let gate = run.providers.gate(name, account: account)
        try gate.asking(for: run) {
            let carrier = try carrier(account, row, run)
            let number = try holding(row, account, carrier, run)
            let way = CarrierWay(provider: name, account: account, carrier: carrier, run: run)
            switch number.kind {
            case .fullNumber:
                if !row.replaces { try way.requireFree(number) }
                try way.lead(number) { try takeIn(number, NumberSource(rawValue: name), account, row, $0) }
            case .verifiedCallerID:
                try requireCallerID(way, row, run)
                try way.show(number) { try takeIn(number, .verifiedCallerID, account, row, $0) }
            }
        }
    }

    /// Leads a number that an earlier import took in and did not lead, or that somebody has led away since, and makes what
    /// its account's numbers share where that is gone.
    func finish(_ held: WorkspaceNumber, _ row: ImportRow, _ run: RunSession) throws {
        guard let account = held.account else { return }
        try run.providers.gate(name, account: account).asking(for: run) {
            let way = CarrierWay(
                provider: name, account: account, carrier: try carrier(account, row, run), run: run)
            let number = try holding(row, account, way.carrier, run)
            try keepSecret(row, account, run)
            if try way.row() != nil { try way.mend() }
            if number.kind == .fullNumber {
                if try held.isLed && way.leads(number) { return }
                if !row.replaces { try way.requireFree(number) }
                try way.lead(number)
            } else {
                if try held.isLed && way.shows(number.e164) { return }
                try requireCallerID(way, row, run)
                try way.show(number)
            }
        }
    }

    private func takeIn(
        _ number: CarrierNumber, _ source: NumberSource, _ account: String, _ row: ImportRow, _ run: RunSession
    ) throws {
        _ = try run.carryOut(
            TakeInEffect(
                provider: name, account: account, number: number, source: source, label: row.label,
                numberID: IDKind.phone.make(at: run.now)))
        try keepSecret(row, account, run)
    }

    // MARK: The account

    /// The id of the account that a row means.
    func accountID(_ row: ImportRow, _ run: RunSession) throws -> String {
        if let id = row.carriers[accountFlag]?.plainText, !id.isEmpty { return id }
        return try run.providers.accountID(row.account, of: name)
    }

    private func secret(_ row: ImportRow) -> Secret? {
        guard case .secret(let secret)? = row.carriers[secretFlag], !secret.reveal().isEmpty else { return nil }
        return secret
    }

    private func carrier(_ account: String, _ row: ImportRow, _ run: RunSession) throws -> any CarrierTrunking {
        let provider: any NumberProvider
        do {
            provider =
                if let secret = secret(row) {
                    try run.providers.provider(name, account: account, secret: secret)
                } else { try run.providers.provider(name, account: account) }
        } catch { throw SwitchboardError(wrapping: error).about(accountField) }
        guard let carrier = provider as? any CarrierTrunking else {
            throw SwitchboardError(.internal, "\(name) is no carrier any more")
        }
        return carrier
    }

    private var accountField: String { accountFlag.replacing("-", with: "_") }

    /// A secret that the account has accepted is needed again, whenever the number is to change.
    private func keepSecret(_ row: ImportRow, _ account: String, _ run: RunSession) throws {
        guard let secret = secret(row), try !run.providers.knows(account: account, of: name, secret: secret) else {
            return
        }
        let kept = ProviderSet.secretName(name, account: account)
        func isKept() throws -> Bool { try run.store.namedSecret(kept, profile: run.profile) == secret }
        if try isKept() { return }
        try run.providers.gate(name, account: account).alone(in: run) {
            if try isKept() { return }
            _ = try run.store.setNamedSecret(kept, to: secret, profile: run.profile)
            run.note("the secret of the \(name) account \(account) is kept as '\(kept)'")
        }
    }

    // MARK: What is refused before anything changes

    private func holding(
        _ row: ImportRow, _ account: String, _ carrier: any CarrierTrunking, _ run: RunSession
    ) throws -> CarrierNumber {
        let e164 = row.e164
        guard let number = try run.ask({ try await carrier.holding(of: e164) }) else {
            throw SwitchboardError(
                .notFound, "the \(name) account \(account) has no number \(e164), and has verified none",
                help: "name the account that has it", provider: name
            ).about("e164")
        }
        guard number.hasVoice else {
            throw SwitchboardError(
                .unsupported, "\(e164) is for messages only at \(name), so no call can come by it", provider: name
            ).about("e164")
        }
        return number
    }

    /// A caller id rides the trunk of its account, takes no calls, and so has no agent.
    private func requireCallerID(_ way: CarrierWay, _ row: ImportRow, _ run: RunSession) throws {
        if row.agent != nil {
            throw SwitchboardError(
                .invalidArgument, "\(row.e164) is a verified caller id, which takes no calls and so no agent",
                provider: name
            ).about("agent_id")
        }
        guard try way.row() == nil else { return }
        if run.mayComeLater { throw ComesLater() }
        throw SwitchboardError(
            .invalidArgument,
            "\(row.e164) is a verified caller id, and no full number of the \(name) account \(way.account) is here",
            help: "import a number of its own from that account first", provider: name
        ).about("e164")
    }
}
