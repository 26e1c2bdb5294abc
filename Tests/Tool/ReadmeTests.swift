import FoundationEssentials
import SwitchboardTestKit
import Testing

/// The README, followed to the letter: its examples from top to bottom, in one place with one state folder.
///
///     ```sh        commands of a shell in the repository
///     ```console   the same behind `$`, with what they write
///     ```swb       statements
///     ```          what nobody can run here: a live account, a form
@Suite struct ReadmeTests {
    private struct Block {
        var kind: Substring
        var line: Int
        var text: String

        /// What a shell is told.
        var commands: String {
            switch kind {
            case "swb": "cat >example.swb <<'EXAMPLE'\n\(text)EXAMPLE\nswitchboard run example.swb\n"
            case "console":
                text.split(separator: "\n").filter { $0.hasPrefix("$ ") && $0 != "$ scripts/switchboard" }
                    .map { $0.dropFirst(2) + "\n" }.joined()
            default: text
            }
        }
    }

    private static func blocks() throws -> [Block] {
        let text = String(
            decoding: try Data(contentsOf: URL(filePath: Programs.package + "/README.md")), as: UTF8.self)
        var (blocks, open) = ([Block](), Block?.none)
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            if line.hasPrefix("```") {
                if let block = open { blocks.append(block) }
                open = open == nil ? Block(kind: line.dropFirst(3), line: index + 1, text: "") : nil
            } else {
                open?.text += line + "\n"
            }
        }
        return blocks.filter { ["sh", "console", "swb"].contains($0.kind) }
    }

    @Test(.timeLimit(.minutes(5))) func everyExampleWorksBehindTheOnesBeforeIt() async throws {
        let blocks = try Self.blocks()
        #expect(blocks.count >= 15)
        try await Place.with { place in
            var script = """
                set -eu
                mkdir bin
                ln -s '\(Programs.switchboard)' bin/switchboard
                mkdir scripts
                cp -r '\(Programs.package)/scripts/workflows' scripts
                ln -s '\(Programs.switchboard)' scripts/switchboard
                PATH=$PWD/bin:$PATH

                """
            for block in blocks { script += "echo \"== line \(block.line)\" >&2\n\(block.commands)" }
            let path = try place.write(script, to: "readme.sh")
            let result = try await place.run(program: ["/bin/bash", path], limit: .seconds(240))
            #expect(result.status == 0, "\(result.errorText.suffix(3000))")
            #expect(try await place.list().count > 100)
            #expect(try await place.openIntents() == 0)
        }
    }
}
