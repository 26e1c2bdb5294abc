import SwitchboardCore
import SwitchboardTestKit
import Synchronization

@testable import TwilioProvider

/// A Twilio of one account in memory, as little of it as the provider's changes need, and one mishap.
final class ClientWorld: Sendable {
    /// What becomes of a change.
    enum Mishap: String, CaseIterable, Sendable {
        case refused, unauthorized, forbidden, tooMany, notSent
        case failedBefore, failedBehind, lostBefore, lostBehind, timedOutBehind, garbageBehind, invalidBehind
        case redirected, cancelledBehind

        /// Whether it surely changes nothing.
        var isHarmless: Bool { [.refused, .unauthorized, .forbidden, .tooMany, .notSent].contains(self) }
    }

    struct State: Sendable {
        /// The account's number, as long as it has it, and its trunk.
        var holdsNumber = true
        var numberTrunk: String?
        var voiceURL: String?
        /// Domain names by trunk.
        var trunks: [String: String] = [trunkSID: "mine.pstn.twilio.com"]
        /// SIP URIs by id, and which are enabled.
        var urls: [String: String] = [:]
        var enabled: Set<String> = []
        var lists: [String: String] = [:]
        var passwords: [String: String] = [:]
        var attached: Set<String> = []
        /// The participants of the conference: their calls by label.
        var participants: [String: String] = [:]
        /// How often something was made.
        var made = 0
    }

    private struct Course {
        var state: State
        var mishap: Mishap
        var left: Int
        var lines: [String] = []
    }

    private let course: Mutex<Course>

    /// Makes a world in which the first `times` changes meet with the mishap.
    init(_ state: State, _ mishap: Mishap, times: Int) {
        course = Mutex(Course(state: state, mishap: mishap, left: times))
    }

    var state: State { course.withLock(\.state) }
    /// Every request, as the contract writes it.
    var lines: [String] { course.withLock(\.lines) }

    var transport: ScriptedTransport { ScriptedTransport { try self.answer($0) } }

    private func answer(_ request: HTTPRequest) throws -> HTTPAnswer {
        try course.withLock { course in
            course.lines.append(request.line)
            let path = String(request.url.prefix { $0 != "?" })
                .replacing(sandboxURL, with: "").replacing(accountPath, with: "")
            guard request.method != "GET" else { return course.state.read(path) }
            guard course.left > 0 else { return course.state.change(request.method, path, request.text) }
            course.left -= 1
            switch course.mishap {
            case .refused: return .json(400, refusal(21403, 400))
            case .unauthorized: return .json(401, refusal(20003, 401))
            case .forbidden: return .json(403, refusal(20006, 403))
            case .tooMany: return .json(429, refusal(20429, 429))
            case .notSent: throw TransportFailure(.notSent, "no connection")
            case .failedBefore: return .json(500, refusal(20500, 500))
            case .lostBefore: throw TransportFailure(.maybeSent, "lost")
            case .redirected: return .text(302, "elsewhere")
            default: break
            }
            _ = course.state.change(request.method, path, request.text)
            switch course.mishap {
            case .failedBehind: return .json(503, refusal(20503, 503))
            case .garbageBehind: return .json(200, "<html>")
            case .invalidBehind: throw TransportFailure(.answerInvalid, "too large")
            case .cancelledBehind: throw TransportFailure(.cancelled, "cancelled")
            default: throw TransportFailure(.maybeSent, timedOut: course.mishap == .timedOutBehind, "lost")
            }
        }
    }
}

extension ClientWorld.State {
    fileprivate static let gone = HTTPAnswer.json(404, refusal(20404, 404))

    fileprivate func read(_ path: String) -> HTTPAnswer {
        switch path.split(separator: "/").last ?? "" {
        case "IncomingPhoneNumbers.json":
            .json(
                200,
                page(
                    "incoming_phone_numbers",
                    holdsNumber ? [incoming("+14155550123", trunk: numberTrunk, voiceURL: voiceURL)] : []))
        case "Trunks": .json(200, meta("trunks", trunks.map { trunk($0.value, sid: $0.key) }))
        case "OriginationUrls":
            .json(
                200,
                meta(
                    "origination_urls",
                    urls.map { originationURL($0.value, sid: $0.key, enabled: enabled.contains($0.key)) }))
        case "CredentialLists.json":
            .json(200, page("credential_lists", lists.map { #"{"sid":"\#($0.key)","friendly_name":"\#($0.value)"}"# }))
        case "Credentials.json":
            .json(200, page("credentials", passwords.keys.map { #"{"sid":"CR-\#($0)","username":"\#($0)"}"# }))
        case let last where participants[String(last).replacing(".json", with: "")] != nil:
            .json(200, participant(String(last).replacing(".json", with: "")))
        case "CredentialLists": .json(200, meta("credential_lists", attached.map { #"{"sid":"\#($0)"}"# }))
        default: Self.gone
        }
    }

    fileprivate mutating func change(_ method: String, _ path: String, _ form: String) -> HTTPAnswer {
        let parts = path.split(separator: "/").map { String($0).replacing(".json", with: "") }
        let last = parts.last ?? ""
        let kind = parts.count > 1 ? parts[parts.count - 2] : ""
        let values = Self.values(form)
        if method == "DELETE" { return remove(kind, last) }
        switch (kind, last) {
        case ("", "IncomingPhoneNumbers"):
            made += 1
            holdsNumber = true
            return .json(201, incoming("+14155550123"))
        case ("IncomingPhoneNumbers", _):
            if let trunk = values["TrunkSid"] { numberTrunk = trunk.isEmpty ? nil : trunk }
            if let url = values["VoiceUrl"] { voiceURL = url.isEmpty ? nil : url }
            return .json(200, incoming("+14155550123", trunk: numberTrunk))
        case ("v1", "Trunks"):
            let domain = values["DomainName"] ?? ""
            guard !trunks.values.contains(domain) else { return .json(400, refusal(21248, 400)) }
            made += 1
            trunks["TK-new"] = domain
            return .json(201, trunk(domain, sid: "TK-new"))
        case (_, "PhoneNumbers"):
            numberTrunk = trunkSID
            return .json(201, incoming("+14155550123", trunk: trunkSID))
        case (_, "OriginationUrls"):
            made += 1
            urls["OU-\(made)"] = values["SipUrl"]
            enabled.insert("OU-\(made)")
            return .json(201, originationURL(values["SipUrl"] ?? "", sid: "OU-\(made)"))
        case ("OriginationUrls", _):
            enabled.insert(last)
            return .json(200, originationURL(urls[last] ?? "", sid: last))
        case ("SIP", "CredentialLists"):
            guard !lists.values.contains(values["FriendlyName"] ?? "") else { return .json(400, refusal(21240, 400)) }
            made += 1
            lists[listSID] = values["FriendlyName"]
            return .json(201, #"{"sid":"\#(listSID)","friendly_name":"\#(values["FriendlyName"] ?? "")"}"#)
        case (_, "Credentials"):
            guard passwords[values["Username"] ?? ""] == nil else { return .json(400, refusal(21240, 400)) }
            made += 1
            passwords[values["Username"] ?? ""] = values["Password"]
            return .json(201, #"{"sid":"CR-x"}"#)
        case ("Credentials", _):
            passwords[last.replacing("CR-", with: "")] = values["Password"]
            return .json(200, #"{"sid":"\#(last)"}"#)
        case (trunkSID, "CredentialLists"):
            guard attached.insert(values["CredentialListSid"] ?? "").inserted else {
                return .json(400, refusal(21245, 400))
            }
            made += 1
            return .json(201, #"{"sid":"\#(listSID)"}"#)
        case (conferenceSID, "Participants"):
            made += 1
            participants[values["Label"] ?? ""] = callSID
            return .json(201, participant(values["Label"] ?? ""))
        default: return Self.gone
        }
    }

    private static func values(_ form: String) -> [String: String] {
        let pairs = form.split(separator: "&").map { $0.split(separator: "=", omittingEmptySubsequences: false) }
        return Dictionary(pairs.map { (String($0[0]), decoded($0[1])) }) { first, _ in first }
    }

    private static func decoded(_ text: Substring) -> String {
        let parts = text.split(separator: "%", omittingEmptySubsequences: false)
        return parts.dropFirst().reduce(String(parts[0])) { sum, part in
            sum + (UInt8(part.prefix(2), radix: 16).map { String(UnicodeScalar($0)) } ?? "") + part.dropFirst(2)
        }
    }

    private mutating func remove(_ kind: String, _ id: String) -> HTTPAnswer {
        let wasThere: Bool
        switch kind {
        case "IncomingPhoneNumbers":
            wasThere = holdsNumber
            holdsNumber = false
        case "Trunks": wasThere = trunks.removeValue(forKey: id) != nil
        case "PhoneNumbers":
            wasThere = numberTrunk != nil
            numberTrunk = nil
        case "OriginationUrls": wasThere = urls.removeValue(forKey: id) != nil
        case "CredentialLists" where lists[id] != nil && !attached.contains(id):
            wasThere = lists.removeValue(forKey: id) != nil
        case "CredentialLists": wasThere = attached.remove(id) != nil
        case "Participants":
            let label = participants.first { $0.value == id }?.key
            wasThere = label.flatMap { participants.removeValue(forKey: $0) } != nil
        default: wasThere = false
        }
        return wasThere ? HTTPAnswer(status: 204) : Self.gone
    }
}
