public import SwitchboardLanguage

extension RunTimeFault: CodedFault {
    /// What the reference says of it.
    public var page: FaultPage {
        switch self {
        case .invalidArgument:
            FaultPage(
                "an argument, a setting or a value is not of the right form, which only the run could tell",
                advice: "The message says what is wanted; the value came from data or from a command.",
                example: FaultExample(
                    "let text = '{'\n$text | from-json",
                    picture: """
                        error[R201]: this is no JSON: expected a name, at byte 2
                         --> example.swb:2:9
                          |
                        2 | $text | from-json
                          |         ^^^^^^^^^
                          = cause: invalid_argument
                        """))
        case .notFound:
            FaultPage(
                "the thing asked for by name or id does not exist",
                advice: "List what there is, and mend the name.",
                example: FaultExample(
                    "get +14155550100",
                    picture: """
                        error[R202]: no number '+14155550100' in profile 'sandbox'
                         --> example.swb:1:1
                          |
                        1 | get +14155550100
                          | ^^^
                          = cause: not_found
                          = help: list shows the workspace's numbers
                        """))
        case .noMatch:
            FaultPage(
                "nothing was found where one thing was needed",
                advice: "Widen the search or the filter. first N takes up to N and none is no error to it.",
                example: FaultExample(
                    "list | first",
                    picture: """
                        error[R203]: nothing was found
                         --> example.swb:1:8
                          |
                        1 | list | first
                          |        ^^^^^
                          = cause: no_match
                          = help: widen the search or the filter
                        """))
        case .conflict:
            FaultPage(
                "the state of things forbids the change: somebody else holds or changed what it touches",
                advice: "Look at what is there, then change that or choose another name.",
                example: FaultExample(
                    "agent add support\nagent add support --metadata vip",
                    picture: """
                        error[R204]: an agent 'support' exists already, with other settings
                         --> example.swb:2:1
                          |
                        2 | agent add support --metadata vip
                          | ^^^^^^^^^
                          = cause: conflict
                          = help: its dispatch name is 'support'; remove it first, or choose another name
                        """))
        case .paymentRequired:
            FaultPage(
                "a cap of the workspace or a plan of the provider does not allow one more",
                advice: "Give up what is not needed, or raise the cap: --max-numbers and --max-trunks for "
                    + "one run.",
                example: FaultExample(
                    "purchase +14155550100 --provider livekit",
                    options: ["--max-numbers", "0"],
                    picture: """
                        error[R210]: the workspace may hold 0 numbers: it holds 0, work under way has reserved 0, and 1 more would be needed
                         --> example.swb:1:1
                          |
                        1 | purchase +14155550100 --provider livekit
                          | ^^^^^^^^
                          = cause: payment_required
                          = help: remove numbers that are not needed, or raise the cap with --max-numbers
                        """))
        case .limitReached:
            FaultPage(
                "a limit that was set for the run or the profile is reached",
                advice: "Raise the limit, or do the rest in a second run.",
                example: nil)
        case .unsupported:
            FaultPage(
                "the provider does not offer this",
                advice: "provider show NAME lists what it can do.",
                example: nil)
        case .notPlanned:
            FaultPage(
                "the run is held to a plan by --within that lacks this change, is no plan of this, or is another run's",
                advice:
                    "Nothing of it was done. Make a new plan with plan FILE --out, look at it, and run within that.",
                example: nil)
        case .unauthorized:
            FaultPage(
                "the provider does not accept the credentials, a setting is missing, or the secrets are locked",
                advice:
                    "connect makes the profile anew, and tries the credentials before it keeps them. Secrets that are "
                    + "locked with a passphrase need it at a terminal, or a private file that holds it, named in "
                    + "SWITCHBOARD_PASSPHRASE_FILE.",
                example: FaultExample(
                    "search livekit",
                    options: ["--profile", "env"],
                    picture: """
                        error[R220]: profile 'env' has no livekit setting 'url'
                         --> example.swb:1:8
                          |
                        1 | search livekit
                          |        ^^^^^^^
                          = cause: unauthorized
                          = help: set it with: connect livekit
                        """))
        case .forbidden:
            FaultPage(
                "the credentials are good and lack the right to do this",
                advice: "Use a key that has the right, or ask whoever administers the account.",
                example: nil)
        case .taken:
            FaultPage(
                "the number is no longer for sale",
                advice: "Search again. A number that came from a search is replaced by the next candidate on "
                    + "its own.",
                example: FaultExample(
                    "let on = sandbox fault taken --number +14155550100\npurchase +14155550100 --provider livekit",
                    picture: """
                        error[R230]: +14155550100 is no longer for sale at livekit
                         --> example.swb:2:1
                          |
                        2 | purchase +14155550100 --provider livekit
                          | ^^^^^^^^
                          = cause: taken, HTTP 404, 1 attempt, not_found: phone number +14155550100 is not available, request <id>
                          = help: search again and choose another number
                        """))
        case .alreadyOwned:
            FaultPage(
                "the account owns the number already, so there is nothing to buy",
                advice: "Nothing was bought and nothing needs to be. The number came into the account "
                    + "outside this workspace.",
                example: FaultExample(
                    "let seeded = sandbox seed --numbers [+14155550100]\npurchase +14155550100 --provider livekit",
                    picture: """
                        error[R231]: the livekit account holds +14155550100 already, bought outside this workspace
                         --> example.swb:2:1
                          |
                        2 | purchase +14155550100 --provider livekit
                          | ^^^^^^^^
                          = cause: already_owned
                          = help: nothing was bought; take it in with: adopt +14155550100
                        """))
        case .unreachable:
            FaultPage(
                "no connection, no answer in time, or a failure of the provider that lasted",
                advice: "Try again later. Reads were repeated already; a change that may have happened is "
                    + "asked about, never blindly repeated.",
                example: FaultExample(
                    "let on = sandbox fault server_error\nsearch livekit",
                    picture: """
                        error[R240]: livekit failed at SearchPhoneNumbers with status 500: internal error
                         --> example.swb:2:1
                          |
                        2 | search livekit
                          | ^^^^^^
                          = cause: unreachable, HTTP 500, 4 attempts, internal: internal error
                        """))
        case .rateLimited:
            FaultPage(
                "the provider asks to slow down and goes on asking",
                advice: "Wait, run fewer rows at once, or give the loop a --rate.",
                example: FaultExample(
                    "let on = sandbox fault rate_limited\nsearch livekit",
                    picture: """
                        error[R241]: livekit asks to slow down, or a quota of the project is used up: api rate limit exceeded
                         --> example.swb:2:1
                          |
                        2 | search livekit
                          | ^^^^^^
                          = cause: rate_limited, HTTP 429, 4 attempts, resource_exhausted: api rate limit exceeded
                          = help: wait a minute, or lower the rate of the profile
                        """))
        case .badAnswer:
            FaultPage(
                "an answer came and could not be understood",
                advice: "Look whether the profile's URL leads to the provider.",
                example: FaultExample(
                    "let on = sandbox fault malformed\nsearch livekit",
                    picture: """
                        error[R242]: livekit's answer to SearchPhoneNumbers makes no sense
                         --> example.swb:2:1
                          |
                        2 | search livekit
                          | ^^^^^^
                          = cause: bad_answer, HTTP 200, 1 attempt
                          = help: check that the setting url of profile 'sandbox' leads to LiveKit
                        """))
        case .timeout:
            FaultPage(
                "a row took longer than its --timeout, or what wait-until asks for did not come about in time",
                advice: "Give it more time, or look at what it waits for.",
                example: FaultExample(
                    "[1] | each --timeout 100ms { wait 10s }",
                    picture: """
                        error[R243]: the row took longer than 100ms
                         --> example.swb:1:30      row 1
                          |
                        1 | [1] | each --timeout 100ms { wait 10s }
                          |                              ^^^^
                          = cause: timeout
                        """))
        case .unknownOutcome:
            FaultPage(
                "a change was sent, and nobody can tell yet whether it happened",
                advice: "Nothing needs to be done again by hand: the next start asks the provider. The exit "
                    + "status is 6 until it is known.",
                example: nil)
        case .cancelled:
            FaultPage(
                "the work was cancelled, by a signal or because a question was not answered with yes",
                advice: "What was done before stays, and is listed. Run the script again to go on.",
                example: nil)
        case .storeUnavailable:
            FaultPage(
                "the state folder cannot be opened, read or written",
                advice: "The message names the file and the reason: its owner, the disk, another process.",
                example: nil)
        case .assertionFailed:
            FaultPage(
                "what the script says to be true is not",
                advice: "The line cause has the condition's two sides, where it compares; catch sees assertion_failed.",
                example: FaultExample(
                    "assert ((list | count) < 0) 'too many numbers'",
                    picture: """
                        error[R280]: too many numbers
                         --> example.swb:1:1
                          |
                        1 | assert ((list | count) < 0) 'too many numbers'
                          | ^^^^^^
                          = cause: assertion_failed, the condition is false: 0 < 0
                        """))
        case .internal:
            FaultPage(
                "the program made a mistake",
                advice: "Report it with the whole picture.",
                example: nil)
        case .other:
            FaultPage(
                "an error with a name of its own: from fail, a host or a provider",
                advice: "The line cause has the name, which catch sees as $e.code.",
                example: FaultExample(
                    "fail 'no site is free' --code no_site",
                    picture: """
                        error[R299]: no site is free
                         --> example.swb:1:1
                          |
                        1 | fail 'no site is free' --code no_site
                          | ^^^^
                          = cause: no_site
                        """))
        }
    }
}
