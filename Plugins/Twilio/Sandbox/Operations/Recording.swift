import SwitchboardCore

extension TwilioOperation {
    private static let route = Route("/v1/Trunks/{sid}/Recording")

    /// Whether a trunk's calls are recorded; there is one such setting for each trunk, without a sid.
    static let recording = [
        TwilioOperation("FetchRecording", "GET", route) { world, call throws(TwilioError) in
            .ok(try world.named(.trunk, call)["recording"])
        },
        TwilioOperation("UpdateRecording", "POST", route) { world, call throws(TwilioError) in
            var trunk = try world.named(.trunk, call)
            let mode = try setting("Mode", modes, call) ?? trunk["recording"]["mode"]
            let trim = try setting("Trim", ["do-not-trim", "trim-silence"], call) ?? trunk["recording"]["trim"]
            trunk["recording"] = ["mode": mode ?? .null, "trim": trim ?? .null]
            trunk.updated = call.time
            world.put(trunk)
            return .ok(trunk["recording"])
        },
    ]

    private static let modes = [
        "do-not-record", "record-from-ringing", "record-from-answer", "record-from-ringing-dual",
        "record-from-answer-dual",
    ]

    private static func setting(
        _ name: String, _ choices: [String], _ call: TwilioCall
    ) throws(TwilioError) -> JSON? {
        guard let text = call.parameters[name] else { return nil }
        return try Reading.choice(choices, else: 21245).read(text, name)
    }
}
