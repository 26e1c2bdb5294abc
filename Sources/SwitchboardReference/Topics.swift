import SwitchboardLanguage

extension Topic {
    /// All topics, in the order in which somebody new needs them.
    public static let all = [numbers, agents, trunks, providers, files, runs, secrets]

    static let numbers = Topic(
        name: "numbers", summary: "from a search to a number that reaches an agent, and back",
        steps: [
            .init("search livekit --country-code US --area-code 415 --limit 3", "what is for sale; costs nothing"),
            .init(
                "search livekit --country-code US --area-code 415 | first | purchase --label 'front desk'",
                "buys the first that is still free"),
            .init("list | select .e164 .label .status", "what the workspace holds"),
            .init("agent add support", "somebody who takes the calls"),
            .init("bind-agent support --number +14155550100", "calls reach the agent from here on"),
            .init("explain-call +13105550100 +14155550100", "where a call would go, and why; places none"),
            .init("update +14155550100 --label 'night desk'", "your own words for it"),
            .init("unbind-agent +14155550100", "calls reach nobody; the number stays"),
            .init("release +14155550100", "gives it up at its provider, for good"),
        ],
        remarks: [
            "at the prompt $_ is what was shown last: search, look, then $_ | first | purchase",
            "nothing is bought twice, also where an answer is lost or the program dies",
            "numbers of other carriers come in by import: help import",
        ])

    static let agents = Topic(
        name: "agents", summary: "who takes the calls to numbers",
        steps: [
            .init("agent add support", "an agent, dispatched by that name"),
            .init("agent add desk --livekit-agent-name desk-en", "one that is dispatched by another name"),
            .init("purchase +12125550123 --provider livekit | bind-agent support", "a number of its own"),
            .init("agent list", "all of them"),
            .init("list --unbound", "the numbers that reach none"),
            .init("bind-agent desk --number +12125550123 --replace", "calls go to another one"),
            .init("agent remove support", "the agent is gone, numbers stay"),
        ],
        remarks: [
            "commands take an agent's name wherever they take its id", "one agent may have any number of numbers",
        ])

    static let trunks = Topic(
        name: "trunks", summary: "how calls from a carrier of your own reach agents",
        steps: [
            .init("agent add support", "somebody who takes the calls"),
            .init("trunk create --name main --numbers +15105550100", "lets calls to that number in"),
            .init(
                "dispatch create --name desk --individual call- --trunk-ids main --agents [support]", "a room for each"),
            .init("explain-call +13105550100 +15105550100", "which trunk, which rule, which room"),
            .init("trunk update main --add-numbers +15105550101", "what is not given stays"),
            .init("trunk list; dispatch list", "all of both"),
            .init("dispatch delete desk; trunk delete main", "says first which numbers stop working"),
        ],
        remarks: [
            "a password is given as (secret NAME): help secrets",
            "a number that was bought needs no trunk: help numbers",
        ])

    static let providers = Topic(
        name: "providers", summary: "where numbers come from, and with which account",
        steps: [
            .init("provider list", "who there is, and what each can do"),
            .init("provider show livekit", "its settings, its limits, the addresses for a carrier"),
            .init("provider check livekit --ability search", "whether it keeps its promises"),
        ],
        remarks: [
            "connect livekit --name acme --url URL --api-key KEY makes the live profile acme, and asks for the secret",
            "--profile acme on the command line, or :profile acme at the prompt, works in it",
            "in the profile sandbox all providers are emulators, and nothing real is bought",
        ])

    static let files = Topic(
        name: "files", summary: "many numbers at once, from a file and into one",
        steps: [
            .init(
                "search livekit --area-code 415 --limit 3 | select .e164 .locality | write ./numbers.csv",
                "rows into a file; its ending tells what to write"),
            .init("read ./numbers.csv | describe", "what the columns hold"),
            .init(
                """
                read ./numbers.csv --columns {e164: phone, locality: string}
                | each row --parallel 4 --key .e164 --on-error collect { purchase $row.e164 --provider livekit }
                | report ./result.csv
                """, "a purchase for each row, four at a time"),
            .init("read ./result.csv | select .e164 .result", "what became of each; the same again changes nothing"),
        ],
        remarks: [
            "every cell is checked before the first effect: with a wrong one nothing is bought",
            "a row that fails does not stop the others, and resume last tries it once more",
        ])

    static let runs = Topic(
        name: "runs", summary: "what was done, what of it is left, and how to take it back",
        steps: [
            .init("agent add support", "a run: whatever changes something is one"),
            .init("runs --limit 3", "the newest, with how they ended"),
            .init("run show last", "what the newest has got through"),
            .init("undo last --dry-run", "what would be taken back"),
            .init("undo last", "takes it back, the last change first"),
            .init("todo", "what needs a person; nothing, where all is well"),
        ],
        remarks: [
            "resume last goes on with a run that has stopped: nothing is done twice",
            "at the prompt :undo and :todo do the same",
            "a block of transaction { … } takes itself back where something in it fails",
        ])

    static let secrets = Topic(
        name: "secrets", summary: "passwords that no script, history or log ever holds",
        steps: [
            .init("secret set acme-trunk --stdin", "reads it; without --stdin it is asked for, unseen"),
            .init("secret list", "names and times"),
            .init(
                """
                trunk create --name acme --numbers +15105550100 --auth-username acme \
                --auth-password (secret acme-trunk)
                """, "gives it by its name"),
            .init("secret remove acme-trunk", "nothing can use it any more"),
        ],
        remarks: [
            "a secret shows as dots wherever it lands, and never becomes part of a text",
            "secret rotate passphrase locks all of them with one that you type",
        ])
}
