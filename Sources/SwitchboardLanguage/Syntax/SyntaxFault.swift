/// Every fault that reading a script's text can find, by its stable code.
///
/// L00x and L01x are about the text and its tokens, L03x about structure, L04x about statements, L05x about
/// operators, L06x about limits.
public enum SyntaxFault: String, CaseIterable, Sendable {
    case notUTF8 = "L001"
    case controlCharacter = "L002"
    case invisibleCharacter = "L003"
    case strayCharacter = "L010"
    case badPhone = "L011"
    case badTime = "L012"
    case badNumber = "L013"
    case unterminatedString = "L014"
    case unknownEscape = "L015"
    case badInterpolation = "L016"
    case typographicCharacter = "L017"
    case apostropheInWord = "L018"
    case shortFlag = "L019"
    case badFlag = "L020"
    case badVariable = "L021"
    case unexpected = "L030"
    case unclosed = "L031"
    case strayCloser = "L032"
    case mismatchedCloser = "L033"
    case tooDeep = "L034"
    case touchingValues = "L035"
    case missingStage = "L036"
    case leadingPipe = "L037"
    case reservedName = "L040"
    case badName = "L041"
    case missingValue = "L042"
    case lateParam = "L043"
    case onlyAtTop = "L044"
    case assignment = "L045"
    case noSuchLoop = "L046"
    case missingBlock = "L047"
    case danglingBranch = "L048"
    case duplicateKey = "L049"
    case missingBlanks = "L050"
    case operatorOutside = "L051"
    case comparisonChain = "L052"
    case wrongOperator = "L053"
    case nestedNot = "L054"
    case tooLong = "L060"
    case tooMany = "L061"

    /// The fault's sentence about a piece of source, its quotes included where it has some.
    public func message(_ found: String) -> String {
        switch self {
        case .notUTF8: "the file is not UTF-8: byte \(found)"
        case .controlCharacter: "control character \(found)"
        case .invisibleCharacter: "invisible character \(found)"
        case .strayCharacter: "nothing begins with \(found)"
        case .badPhone: "\(found) is no phone number"
        case .badTime: "\(found) is no date or time that exists"
        case .badNumber: "\(found) is no number"
        case .unterminatedString: "the string that begins here has no closing \(found)"
        case .unknownEscape: "unknown escape \(found)"
        case .badInterpolation: "only a name and its fields can stand in ${ }\(found)"
        case .typographicCharacter: "\(found) is a word processor's character"
        case .apostropheInWord: "an apostrophe stands in a text without double quotes"
        case .shortFlag: "\(found) has one dash, flags have two"
        case .badFlag: "no flag name follows \(found)"
        case .badVariable: "no name follows \(found)"
        case .unexpected: found
        case .unclosed: "\(found) is not closed"
        case .strayCloser: "\(found) closes nothing"
        case .mismatchedCloser: found
        case .tooDeep: "nested more than \(found) deep"
        case .touchingValues: "a blank is missing before \(found)"
        case .missingStage: "no command follows '|'"
        case .leadingPipe: "nothing stands before '|'"
        case .reservedName: "\(found) is a word of the grammar and cannot be a name"
        case .badName: "\(found) cannot be a name"
        case .missingValue: "'let' needs '=' and a value behind \(found)"
        case .lateParam: "'param' stands behind another statement"
        case .onlyAtTop: "\(found) cannot stand in a block"
        case .assignment: "\(found) cannot be changed: values never change"
        case .noSuchLoop: "there is no \(found)"
        case .missingBlock: found
        case .danglingBranch: found
        case .duplicateKey: "key \(found) is given twice"
        case .missingBlanks: "\(found) needs blanks around it"
        case .operatorOutside: "operator \(found) needs parentheses here"
        case .comparisonChain: "comparisons do not chain"
        case .wrongOperator: "there is no operator \(found)"
        case .nestedNot: "'not' cannot stand behind another operator"
        case .tooLong: "more than \(found) operators in one expression"
        case .tooMany: "more than \(found) faults, the rest is not shown"
        }
    }

    /// The fault at its place; `found` is what `message` takes.
    public func diagnostic(_ found: String, at span: Span, help: String? = nil) -> Diagnostic {
        Diagnostic(code, message(found), at: span, help: help)
    }
}
