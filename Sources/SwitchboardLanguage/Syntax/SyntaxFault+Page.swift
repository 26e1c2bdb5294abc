extension SyntaxFault: CodedFault {
    /// What the reference says of it.
    public var page: FaultPage {
        switch self {
        case .notUTF8:
            FaultPage(
                "the file is not UTF-8",
                advice: "Save the file as UTF-8. A byte order mark at its start is allowed.",
                example: FaultExample("print 'café'", isLatin1: true))
        case .controlCharacter:
            FaultPage(
                "a control character stands outside a string, or a NUL anywhere",
                advice: "Delete the character. Where a text needs it, write it as an escape in double "
                    + "quotes, such as \\u{7}.",
                example: "let a = 1\u{7}")
        case .invisibleCharacter:
            FaultPage(
                "an invisible or bidirectional character, or a blank that is not a plain space",
                advice: "Delete it and type a plain blank; such characters come along when text is copied "
                    + "from a web page or a chat.",
                example: "let\u{A0}a = 1")
        case .strayCharacter:
            FaultPage(
                "a character that no token begins with",
                advice: "Delete the character, or quote the text that it belongs to.",
                example: "let a = ^2")
        case .badPhone:
            FaultPage(
                "a word begins with + and a digit and is no phone number: + and 7 to 15 digits, the first not 0",
                advice: "Write the number in E.164 form: +, the country's calling code, the number, without "
                    + "blanks or dashes. Other spellings are read by phone '(415) 555-0100' --region US.",
                example: "let n = +0014155550100")
        case .badTime:
            FaultPage(
                "a word has the form of a date or time that does not exist",
                advice: "Write a day that exists, as 2026-02-28 or 2026-02-28T08:00:00Z.",
                example: "let day = 2026-02-30")
        case .badNumber:
            FaultPage(
                "a word begins like a number and is none",
                advice: "Write a digit on both sides of the point: 0.5.",
                example: "let share = .5")
        case .unterminatedString:
            FaultPage(
                "a string has no closing quote",
                advice: "Write the closing quote. A text may go over several lines, so everything behind the "
                    + "open quote was taken for text.",
                example: "print 'night desk")
        case .unknownEscape:
            FaultPage(
                "a backslash in a string in double quotes is followed by something that has no meaning",
                advice: "Use one of the escapes \\n \\t \\\" \\\\ \\$ and \\u{…}, or single quotes, in which a "
                    + "backslash is nothing special.",
                example: "print \"50\\% off\"")
        case .badInterpolation:
            FaultPage(
                "something other than a name and its fields stands in ${ }",
                advice: "Bind the value with let first, and put the name into the text.",
                example: "print \"sum: ${1 + 2}\"")
        case .typographicCharacter:
            FaultPage(
                "a quotation mark or dash of a word processor stands where a plain one belongs",
                advice: "Type the plain character; word processors replace quotes and dashes while one types.",
                example: "print “night desk”")
        case .apostropheInWord:
            FaultPage(
                "an apostrophe stands in a text without quotes",
                advice: "Put the text in double quotes.",
                example: "print don't")
        case .shortFlag:
            FaultPage(
                "a flag has one dash; flags have two and a long name",
                advice: "Write the flag's long name behind two dashes; help COMMAND lists them.",
                example: "list -u")
        case .badFlag:
            FaultPage(
                "two dashes are not followed by a name",
                advice: "Write the flag's name right behind the dashes.",
                example: "list --")
        case .badVariable:
            FaultPage(
                "a $ is not followed by a name",
                advice: "Write the name right behind the $, or quote the text where a plain $ is meant.",
                example: "print $")
        case .unexpected:
            FaultPage(
                "something stands where the grammar has no place for it",
                advice: "Look at what stands right before the mark: something is missing there or stands "
                    + "there once too often.",
                example: "let a = 1 2")
        case .unclosed:
            FaultPage(
                "a bracket is not closed",
                advice: "Close the bracket. The mark is where it opens.",
                example: "print (list | count")
        case .strayCloser:
            FaultPage(
                "a closing bracket has nothing to close",
                advice: "Delete the bracket, or write the opening one where it is missing.",
                example: "list | count )")
        case .mismatchedCloser:
            FaultPage(
                "a bracket is closed by one of another kind",
                advice: "Close the brackets in the reverse order of their opening, each by its own kind.",
                example: "print [1 2)")
        case .tooDeep:
            FaultPage(
                "brackets or blocks are nested too deeply",
                advice: "Bind inner parts with let, or make them defs.",
                example: FaultExample(
                    "print " + String(repeating: "(", count: 300) + "1" + String(repeating: ")", count: 300),
                    shown: "print ((((…1…))))"))
        case .touchingValues:
            FaultPage(
                "two values stand together without a blank between them",
                advice: "Put a blank between the two.",
                example: "print 'a''b'")
        case .missingStage:
            FaultPage(
                "nothing follows a |",
                advice: "Write the command that takes what flows, or delete the |.",
                example: "list |")
        case .leadingPipe:
            FaultPage(
                "a statement begins with | and there is no line above that it could continue",
                advice: "Write in front what is to flow, or join the line to the one above.",
                example: "| count")
        case .reservedName:
            FaultPage(
                "a word of the grammar is used as a name",
                advice: "Choose another name. Keys of records and columns of files may be any word.",
                example: "let for = 1")
        case .badName:
            FaultPage(
                "a name is not made of letters, digits, _ and inner -, beginning with a letter",
                advice: "Begin the name with a letter; letters, digits, _ and - inside may follow.",
                example: "let 2nd = 1")
        case .missingValue:
            FaultPage(
                "a let gives its name no value",
                advice: "Write = and the value.",
                example: "let total")
        case .lateParam:
            FaultPage(
                "a param stands behind another statement; they come first",
                advice: "Move it above the first other statement.",
                example: "print 'start'\nparam --area: string")
        case .onlyAtTop:
            FaultPage(
                "a param or use stands in a block",
                advice: "Move it out of the block, to the top of the script.",
                example: "if true { use ./lib.swb }")
        case .assignment:
            FaultPage(
                "a value is to be changed; values never change",
                advice: "Bind a new name with let. What a loop adds up comes from sum or count over a list.",
                example: "let n = 1\n$n = 2")
        case .noSuchLoop:
            FaultPage(
                "a loop is used that the language does not have",
                advice: "Use for or each over a list, or wait-until for something that has to come about. "
                    + "There is no loop without an end, so every script ends.",
                example: "while true { list }")
        case .missingBlock:
            FaultPage(
                "a block in braces is missing",
                advice: "Put the statements in braces.",
                example: "try list")
        case .danglingBranch:
            FaultPage(
                "an else or catch has no if or try in front of it",
                advice: "Put it behind the block of its if or try, on that line or the next.",
                example: "else { list }")
        case .duplicateKey:
            FaultPage(
                "a record names a key twice",
                advice: "Keep one of the two.",
                example: "let r = {a: 1, a: 2}")
        case .missingBlanks:
            FaultPage(
                "an operator has no blanks around it",
                advice: "Put a blank on both sides.",
                example: "let a = 2*3")
        case .operatorOutside:
            FaultPage(
                "an operator stands where only arguments can; parentheses are needed",
                advice: "Put the expression in parentheses.",
                example: "print 1 + 2")
        case .comparisonChain:
            FaultPage(
                "two comparisons are chained",
                advice: "Write the two comparisons with and between them.",
                example: "let ok = 1 < 2 < 3")
        case .wrongOperator:
            FaultPage(
                "an operator of another language is used",
                advice: "Use the operator that the help names.",
                example: "list | where .status = 'active'")
        case .nestedNot:
            FaultPage(
                "a not stands behind an operator of a stronger kind and needs parentheses",
                advice: "Put the part with not in parentheses.",
                example: "let ok = 1 == not 2")
        case .tooLong:
            FaultPage(
                "an expression has too many operators in a row",
                advice: "Bind parts of it with let, or use sum over a list.",
                example: FaultExample(
                    "print (1" + String(repeating: " + 1", count: 600) + ")", shown: "print (1 + 1 + 1 + 1 …)"))
        case .tooMany:
            FaultPage(
                "a text has so many faults that only the first are shown",
                advice: "Mend the first ones: the rest often follows from them.",
                example: FaultExample(String(repeating: "let = 1\n", count: 200), shown: "let = 1\nlet = 1\nlet = 1\n…")
            )
        }
    }
}
