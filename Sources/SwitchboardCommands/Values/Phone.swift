import SwitchboardCore
public import SwitchboardEngine
public import SwitchboardLanguage

/// Reads a phone number as people write it.
public enum Phone: Command {
    /// The declaration.
    public static let signature = CommandSignature(
        "phone", summary: "read a phone number as people write it",
        parameters: [
            Parameter(
                "text", .positional, .string, isRequired: true, isMain: true, help: "the number as it is written"),
            Parameter("region", .flag, .string, help: "the country where it is dialled so, for one without '+'"),
        ],
        output: .type(.phone),
        examples: [
            .init("phone '(415) 555-0100' --region US", "+14155550100"),
            .init("phone '+44 (0)20 7946 0018'", "+442079460018"),
            .init("['020 7946 0018' '020 7946 0019'] | phone --region GB", "a list of two"),
        ])

    /// A region, and a number with its region, that are written outright are looked at before anything runs.
    public static func fault(in call: CallNode) -> TypeFault? {
        let region = call.literalText("region")
        if let region, NumberingPlan.callingCode(of: region.uppercased()) == nil {
            return TypeFault(
                "'\(region)' is no region", help: "name a country by two letters, such as US", at: "region")
        }
        guard let text = call.literalText("text"), region != nil || call.arguments["region"] == nil else { return nil }
        do {
            _ = try E164(parsing: text, region: region)
            return nil
        } catch {
            let failure = SwitchboardError(wrapping: error)
            return TypeFault(failure.message, help: failure.help, at: "text")
        }
    }

    /// Reads; a text that is no number is an error.
    public static func run(_ call: CommandCall) throws -> Value {
        .phone(try E164(parsing: try call.required("text"), region: call.text("region")))
    }
}
