public import SwitchboardLanguage

extension DataFault {
    /// What can be wrong with a data file, by its stable code.
    public enum Kind: String, CodedFault {
        case unreadable = "D001"
        case encoding = "D002"
        case cellCount = "D003"
        case quoting = "D004"
        case header = "D005"
        case badValue = "D006"
        case badJSON = "D007"
        case empty = "D008"
        case ending = "D009"
        case equalKeys = "D010"
        case outside = "D011"
        case changed = "D012"

        /// What the reference says of it.
        public var page: FaultPage {
            switch self {
            case .unreadable:
                FaultPage(
                    "the file cannot be read",
                    advice: "A path is relative to the folder that the program was started in.",
                    example: FaultExample(
                        "read ./numbers.csv | count | print",
                        picture: """
                            error[D001]: ./numbers.csv: there is no such file
                             --> example.swb:1:1
                              |
                            1 | read ./numbers.csv | count | print
                              | ^^^^^^^^^^^^^^^^^^
                            """))
            case .encoding:
                FaultPage(
                    "the file is no UTF-8 text",
                    advice: "Save the file as UTF-8; spreadsheets call it CSV UTF-8. A byte order mark at its "
                        + "start is allowed.",
                    example: FaultExample(
                        "read ./numbers.csv --columns {e164: phone, label: string} | count | print",
                        files: ["numbers.csv": "e164,label\n+14155550100,Café\n"],
                        isLatin1: true,
                        picture: """
                            error[D002]: ./numbers.csv:2:17: this is not UTF-8
                             --> example.swb:1:1
                              |
                            1 | read ./numbers.csv --columns {e164: phone, label: string} | count | print
                              | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
                              = help: convert the file to UTF-8
                            """))
            case .cellCount:
                FaultPage(
                    "a row has more or fewer cells than the header",
                    advice: "Add the missing cell, an empty one if need be, or put a cell with a comma in it "
                        + "into double quotes.",
                    example: FaultExample(
                        "read ./numbers.csv --columns {e164: phone, label: string} | count | print",
                        files: ["numbers.csv": "e164,label\n+14155550100,desk\n+14155550101\n"],
                        picture: """
                            error[D003]: ./numbers.csv:3:1: 1 cell where the header has 2
                             --> example.swb:1:1
                              |
                            1 | read ./numbers.csv --columns {e164: phone, label: string} | count | print
                              | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
                            """))
            case .quoting:
                FaultPage(
                    "a quote in a cell is not closed, or stands where none can",
                    advice: "Put the whole cell in double quotes, and write a quote inside it twice.",
                    example: FaultExample(
                        "read ./numbers.csv --columns {e164: phone, label: string} | count | print",
                        files: ["numbers.csv": "e164,label\n+14155550100,\"desk\n"],
                        picture: """
                            error[D004]: ./numbers.csv:2:14: the quote that opens this cell is never closed
                             --> example.swb:1:1
                              |
                            1 | read ./numbers.csv --columns {e164: phone, label: string} | count | print
                              | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
                            """))
            case .header:
                FaultPage(
                    "a column is missing, not declared, without a name or there twice",
                    advice: "Make the header and --columns say the same.",
                    example: FaultExample(
                        "read ./numbers.csv --columns {e164: phone, label: string} | count | print",
                        files: ["numbers.csv": "e164,e164,label\n+14155550100,+14155550100,desk\n"],
                        picture: """
                            error[D005]: ./numbers.csv:1:6: two columns are named 'e164'
                             --> example.swb:1:1
                              |
                            1 | read ./numbers.csv --columns {e164: phone, label: string} | count | print
                              | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
                            """))
            case .badValue:
                FaultPage(
                    "a cell or a field is no value of the type that its column was declared with",
                    advice: "Mend the value, or declare the column with ? where it may be empty.",
                    example: FaultExample(
                        "read ./numbers.csv --columns {e164: phone, label: string} | count | print",
                        files: ["numbers.csv": "e164,label\n4155550100,desk\n"],
                        picture: """
                            error[D006]: ./numbers.csv:2:1: column 'e164': '4155550100' is not a number in E.164 form, such as +14155550100
                             --> example.swb:1:1
                              |
                            1 | read ./numbers.csv --columns {e164: phone, label: string} | count | print
                              | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
                            """))
            case .badJSON:
                FaultPage(
                    "the file is no JSON, or not a list of records",
                    advice: "Write a list of records into a .json file, or one record on each line of a .jsonl "
                        + "file.",
                    example: FaultExample(
                        "read ./numbers.json | count | print",
                        files: ["numbers.json": "[{\"e164\": \"+14155550100\",}]\n"],
                        picture: """
                            error[D007]: ./numbers.json:1:26: expected a name
                             --> example.swb:1:1
                              |
                            1 | read ./numbers.json | count | print
                              | ^^^^^^^^^^^^^^^^^^^
                            """))
            case .empty:
                FaultPage(
                    "the file is empty",
                    advice: "A .csv file has at least a line with the names of its columns.",
                    example: FaultExample(
                        "read ./numbers.csv --columns {e164: phone, label: string} | count | print",
                        files: ["numbers.csv": ""],
                        picture: """
                            error[D008]: ./numbers.csv: the file is empty
                             --> example.swb:1:1
                              |
                            1 | read ./numbers.csv --columns {e164: phone, label: string} | count | print
                              | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
                            """))
            case .ending:
                FaultPage(
                    "the file's name ends in none of .csv, .json and .jsonl, or the file cannot be written",
                    advice: "Save the data in one of these forms; no folders are made for it.",
                    example: FaultExample(
                        "read ./numbers.xlsx | count | print",
                        picture: """
                            error[D009]: ./numbers.xlsx: this is no .csv, .json or .jsonl file
                             --> example.swb:1:1
                              |
                            1 | read ./numbers.xlsx | count | print
                              | ^^^^^^^^^^^^^^^^^^^
                            """))
            case .equalKeys:
                FaultPage(
                    "two rows of a loop have one name",
                    advice: "Name the rows by a field that tells them apart with --key, or delete the second one.",
                    example: FaultExample(
                        "read ./sites.csv | each row --key .site { print $row.site }",
                        files: ["sites.csv": "site\nberlin\nberlin\n"],
                        picture: """
                            error[D010]: ./sites.csv: rows 1 and 2 are both site=berlin
                             --> example.swb:1:20
                              |
                            1 | read ./sites.csv | each row --key .site { print $row.site }
                              |                    ^^^^
                              = help: each row needs a name of its own: --key .field, or no number twice
                            """))
            case .outside:
                FaultPage(
                    "the path leads out of the folder that the host has chosen for files",
                    advice:
                        "Keep the files of a script in that folder. The program itself allows every path; a host "
                        + "that embeds the engine may not.",
                    example: nil)
            case .changed:
                FaultPage(
                    "the file was changed in its place while it was open",
                    advice: "Run the script again. A file that is replaced in one step, as write and report do it, is "
                        + "read on as it was checked.",
                    example: nil)
            }
        }
    }
}
