import SwitchboardCore
import SwitchboardSandbox

/// The two forms of a message on the wire; an answer has the form of its request (contract section 1.2).
enum WireForm: String, Sendable {
    case json = "application/json"
    case protobuf = "application/protobuf"

    /// The form that a `Content-Type` names, whatever its case and its parameters.
    init?(contentType: String) {
        let name = contentType.prefix { $0 != ";" }.drop(while: \.isWhitespace)
        let end = name.lastIndex { !$0.isWhitespace }.map(name.index(after:)) ?? name.startIndex
        self.init(rawValue: name[..<end].lowercased())
    }

    /// Reads a request's body.
    ///
    /// In JSON the first value counts and what follows it is ignored; no bytes at all are a message only as protobuf.
    func read(_ body: [UInt8], as schema: ProtoSchema) throws(TwirpError) -> ProtoMessage {
        let message: ProtoMessage?
        switch self {
        case .json: message = (try? JSON(readingFirstOf: body)).flatMap { try? ProtoReader.read($0, as: schema) }
        case .protobuf: message = try? ProtoWire.read(body, as: schema)
        }
        guard let message else {
            throw TwirpError(.malformed, "the \(self) request could not be decoded")
        }
        return message
    }

    /// The answer of a method that succeeded.
    func answer(_ message: ProtoMessage) -> SandboxAnswer {
        let body = self == .json ? message.jsonBytes : ProtoWire.write(message)
        return SandboxAnswer(status: 200, contentType: rawValue, body: body)
    }

    /// An answer that was cut short, made unreadable in protobuf too, where a cut may fall between two fields.
    func spoiled(_ answer: SandboxAnswer) -> SandboxAnswer {
        guard self == .protobuf, answer.status == 200 else { return answer }
        var answer = answer
        answer.contentType = rawValue
        answer.body.append(0xFF)
        return answer
    }
}
