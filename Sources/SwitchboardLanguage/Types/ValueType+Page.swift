extension ValueType {
    /// What the reference says of the type's form; a record with a name has its fields there besides.
    public var page: TypePage {
        switch self {
        case .any:
            TypePage(
                "any", "a value of any type",
                rules: ["What is done with it is checked when it runs, since nothing is known of it before."])
        case .nothing:
            TypePage(
                "nothing", "no value: an unknown price, an empty cell, a field that is not set",
                literals: ["nothing"],
                operations: [
                    "nothing == nothing": "true", "5 != nothing": "true", "nothing ?? 5": "5", "nothing < 5": "nothing",
                    "not nothing": "nothing", "5 + nothing": "nothing",
                ],
                rules: [
                    "It works as null does in SQL: what is computed or compared with it is nothing again. Only "
                        + "== nothing, != nothing and ?? ask for it.",
                    "where and if act on true alone, so a row without a price passes neither a comparison of the price "
                        + "nor the opposite one.",
                ])
        case .bool:
            TypePage(
                "bool", "true or false", literals: ["true", "false"],
                operations: ["true and not false": "true", "1 < 2 or 2 < 1": "true", "1 == 2": "false"],
                rules: ["and binds more closely than or; not binds more closely than both."])
        case .int:
            TypePage(
                "int", "a whole number of 64 bits", literals: ["415", "-2"],
                operations: ["7 + 2 * 3": "13", "7 / 2": "3.5", "7 - 9": "-2"],
                rules: [
                    "A result that does not fit is an error, never another number.",
                    "Dividing gives a decimal; floor, ceil and round make a whole number of it.",
                ])
        case .decimal:
            TypePage(
                "decimal", "an exact decimal number of up to 34 digits", literals: ["3.14", "-0.50"],
                operations: ["1.10 + 2.20": "3.30", "10 / 4": "2.5", "0.1 + 0.2 == 0.3": "true"],
                rules: ["A quotient that does not end is rounded to 34 digits, a half to the even digit."])
        case .string:
            TypePage(
                "string", "a text", literals: ["'raw text'", #""a \"quoted\" word and a line end\n""#],
                operations: [
                    "'desk' in 'front desk'": "true", "'front desk' has 'desk'": "true",
                    "'sites.csv' matches '*.csv'": "true", "'a' < 'b'": "true",
                ],
                rules: [
                    "In single quotes every character is itself. In double quotes $name and ${name.field} stand for "
                        + "values, and \\n \\t \\\" \\\\ \\$ \\u{1F600} for characters.",
                    "An argument of a command needs quotes only where it has blanks or signs of the grammar.",
                    "Texts join inside double quotes, not by +. matches takes * ? and [a-z] and fits the whole text.",
                ])
        case .phone:
            TypePage(
                "phone", "a telephone number in E.164 form", literals: ["+14155550100"],
                operations: [
                    "+14155550100 == +14155550100": "true", "+14155550100 in [+14155550100 +12125550123]": "true",
                ],
                rules: [
                    "+ and 7 to 15 digits, the first not 0. Other spellings are read by the command phone.",
                    "There is no arithmetic with it, and it compares with phone alone.",
                ])
        case .id:
            TypePage(
                "id", "the id of something; id<agent> that of an agent", literals: ["agent_01M7WDB2J586RZRTD6M4K7MR0X"],
                rules: [
                    "A word that begins as an id is read as one; a broken one is a fault, and so is one of another kind "
                        + "than the slot takes.",
                    "Where an id<agent> is wanted, the agent's name does as well. The word agent, written as a type, "
                        + "means id<agent>.",
                ])
        case .money:
            TypePage(
                "money", "an exact amount of one currency", literals: ["2.00USD", "0.0075EUR"],
                operations: [
                    "2.00USD + 1.50USD": "3.50USD", "2.00USD * 3": "6.00USD", "3.00USD / 2": "1.50USD",
                    "1.00USD < 2.00USD": "true",
                ],
                rules: [
                    "An amount and the three capitals of its ISO 4217 currency, without a blank.",
                    "Two currencies never mix, and an amount never compares with a plain number.",
                    "An unknown price is nothing, never 0.00.",
                ])
        case .duration:
            TypePage(
                "duration", "a length of time", literals: ["250ms", "90s", "1h30m", "7d", "2w"],
                operations: ["1h + 30m": "1h30m", "90s * 2": "3m", "1d == 24h": "true"],
                rules: ["From the longest unit to the shortest: w d h m s ms. A day has 24 hours; there are no months."]
            )
        case .time:
            TypePage(
                "time", "a point in time", literals: ["2026-11-20", "2026-11-20T08:00:00Z"],
                operations: [
                    "2026-11-20 + 36h": "2026-11-21T12:00:00Z", "2026-11-21 - 2026-11-20": "1d",
                    "2026-11-20 < 2026-11-21": "true",
                ],
                rules: ["A date alone is midnight UTC. ago 30d is the time 30 days ago."])
        case .rate:
            TypePage(
                "rate", "how often in a time", literals: ["5/s", "10/m"],
                rules: ["A whole number of 1 or more, a slash and s or m."])
        case .secret:
            TypePage(
                "secret", "a text that is never shown",
                rules: [
                    "It comes from (secret NAME) or a column declared so, and is never written into a statement.",
                    "It shows as dots wherever it lands, and cannot become part of a text or be compared.",
                ])
        case .path:
            TypePage(
                "path", "the name of a file", literals: ["./sites.csv", "../data/numbers.json", "~/numbers.csv"],
                rules: ["Anything else than these beginnings is quoted in expressions; arguments need no quotes."])
        case .provider:
            TypePage(
                "provider", "the name of a provider",
                rules: ["It is checked against the providers of the program; provider list shows them."])
        case .list:
            TypePage(
                "list", "values in order; list<phone> is one of telephone numbers",
                literals: ["[1 2 3]", "['a', 'b']", "[]"],
                operations: ["[1 2 3] has 2": "true", "2 in [1 2 3]": "true", "[1 2] == [1 2]": "true"],
                rules: ["A command that takes one item runs for each item of a list that flows in, in order."])
        case .record:
            TypePage(
                "record", "names with values", literals: ["{site: 'berlin', lines: 2}", "{:}"],
                operations: ["({site: 'berlin'}).site": "berlin", "({a: 1}).b?": "nothing", "{a: 1} has 'a'": "true"],
                rules: [
                    "Of a named record $name.field is a field, of the item that flows in .field alone. A field that is not "
                        + "there is a fault; with ? behind its name it is nothing.",
                    "A record that flows into a command gives each open parameter the field of the same name.",
                ])
        case .optional:
            TypePage(
                "optional", "a value or nothing: string? is a string or nothing",
                rules: ["A column of this type takes empty cells, a param or parameter of it may be left out."])
        case .choice:
            TypePage(
                "choice", "one of a few words, shown as stop|collect",
                rules: ["The words are written without quotes; another word is a fault before anything runs."])
        case .either:
            TypePage(
                "either", "a value of one of several types, shown as number or phone",
                rules: ["The first type that fits counts."])
        case .fieldPath:
            TypePage(
                "field", "the name of a field with its dot, such as .locality or .agent.name",
                rules: ["Commands that sort, select or group take it as it stands, not the value behind it."])
        case .schema:
            TypePage(
                "schema", "columns with their types, as read --columns takes them",
                rules: [
                    "Written {site: string, area: string?, agent: agent}. Each cell is read as its column's type, and all "
                        + "bad ones are told before the first row runs."
                ])
        }
    }
}
