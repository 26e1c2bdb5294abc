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

    /// The stable code, `L` and three digits.
    public var code: String { rawValue }

    /// What the fault means, one sentence for the reference page.
    public var meaning: String {
        switch self {
        case .notUTF8: "The file is not UTF-8."
        case .controlCharacter: "A control character stands outside a string, or a NUL anywhere."
        case .invisibleCharacter: "An invisible or bidirectional character, or a blank that is not a plain space."
        case .strayCharacter: "A character that no token begins with."
        case .badPhone:
            "A word begins with + and a digit and is no phone number: + and 7 to 15 digits, the first not 0."
        case .badTime: "A word has the form of a date or time that does not exist."
        case .badNumber: "A word begins like a number and is none."
        case .unterminatedString: "A string has no closing quote."
        case .unknownEscape: "A backslash in a string in double quotes is followed by something that has no meaning."
        case .badInterpolation: "Something other than a name and its fields stands in ${ }."
        case .typographicCharacter: "A quotation mark or dash of a word processor stands where a plain one belongs."
        case .apostropheInWord: "An apostrophe stands in a text without quotes."
        case .shortFlag: "A flag has one dash; flags have two and a long name."
        case .badFlag: "Two dashes are not followed by a name."
        case .badVariable: "A $ is not followed by a name."
        case .unexpected: "Something stands where the grammar has no place for it."
        case .unclosed: "A bracket is not closed."
        case .strayCloser: "A closing bracket has nothing to close."
        case .mismatchedCloser: "A bracket is closed by one of another kind."
        case .tooDeep: "Brackets or blocks are nested too deeply."
        case .touchingValues: "Two values stand together without a blank between them."
        case .missingStage: "Nothing follows a |."
        case .leadingPipe: "A statement begins with | and there is no line above that it could continue."
        case .reservedName: "A word of the grammar is used as a name."
        case .badName: "A name is not made of letters, digits, _ and inner -, beginning with a letter."
        case .missingValue: "A let gives its name no value."
        case .lateParam: "A param stands behind another statement; they come first."
        case .onlyAtTop: "A param or use stands in a block."
        case .assignment: "A value is to be changed; values never change."
        case .noSuchLoop: "A loop is used that the language does not have."
        case .missingBlock: "A block in braces is missing."
        case .danglingBranch: "An else or catch has no if or try in front of it."
        case .duplicateKey: "A record names a key twice."
        case .missingBlanks: "An operator has no blanks around it."
        case .operatorOutside: "An operator stands where only arguments can; parentheses are needed."
        case .comparisonChain: "Two comparisons are chained."
        case .wrongOperator: "An operator of another language is used."
        case .nestedNot: "A not stands behind an operator of a stronger kind and needs parentheses."
        case .tooLong: "An expression has too many operators in a row."
        case .tooMany: "A text has so many faults that only the first are shown."
        }
    }

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
