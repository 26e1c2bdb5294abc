import AllProviders
import Switchboard
import SwitchboardTestKit
import Testing

/// The topics of help: each statement does what it says, on top of those before it.
@Suite struct TopicTests {
    @Test(arguments: Topic.all.map(\.name))
    func itsStepsRunInOrder(_ name: String) async throws {
        let topic = try #require(Topic.all.first { $0.name == name })
        try await Place.with { place in
            for step in topic.steps {
                let result = try await place.run("--yes", "-c", step.text, input: "correct horse\n")
                #expect(result.status == 0, "\(step.text)\n\(result.errorText)")
            }
        }
    }

    @Test func helpShowsThemByName() throws {
        let reference = Reference(try Switchboard.registry(plugins: AllProviders.plugins))
        for topic in Topic.all {
            let text = try #require(reference.text(of: topic.name))
            #expect(text.hasPrefix("\(topic.name): \(topic.summary)\n"), "\(text)")
            #expect(reference.overview.contains(topic.name))
        }
        // A command of the same name is shown too.
        #expect(try #require(reference.text(of: "runs")).contains("runs [--limit int]"))
    }

    @Test(arguments: [60, 100]) func itsSentencesAreAsWideAsTheTerminal(width: Int) throws {
        let reference = Reference(try Switchboard.registry(plugins: AllProviders.plugins))
        let (page, fault) = (reference.text(of: "purchase", width: width), reference.text(of: "C012", width: width))
        let usage = try #require(page).split(separator: "\n\n")[1]
        let advice = try #require(fault?.split(separator: "What to do\n").last)
        for line in (usage + "\n" + advice).split(separator: "\n") { #expect(line.count <= width, "\(line)") }
        #expect(usage.contains(width == 60 ? "\n      " : "[--"))
    }
}
