// swift-tools-version: 6.2
import PackageDescription

// Vendors whose provider needs no C library: a folder under Plugins each. `scripts/new-provider` adds to them.
let vendors: [String] = []

// Arrows point down this list: a target imports only what stands in its own dependencies, and
// `scripts/test` builds with the explicit-import check, so an undeclared arrow fails the build.
let package = Package(
    name: "Switchboard",
    products: [
        .library(name: "Switchboard", targets: ["Switchboard"]),
        .library(name: "SwitchboardTestKit", targets: ["SwitchboardTestKit"]),
        .executable(name: "switchboard", targets: ["SwitchboardTool"]),
        .executable(name: "switchboard-sandbox", targets: ["SwitchboardSandboxTool"]),
    ],
    targets: [
        // C libraries
        .target(name: "CCurl", linkerSettings: [.linkedLibrary("dl")]),
        .target(name: "CEditline", linkerSettings: [.linkedLibrary("edit")]),
        .target(name: "CMicrohttpd", linkerSettings: [.linkedLibrary("microhttpd")]),
        .systemLibrary(name: "CSodium", providers: [.apt(["libsodium-dev"])]),
        .systemLibrary(name: "CSQLite", providers: [.apt(["libsqlite3-dev"])]),
        .systemLibrary(name: "CYAML", providers: [.apt(["libyaml-dev"])]),

        // The engine and what it stands on
        .target(name: "SwitchboardCore"),
        .target(name: "SwitchboardLanguage"),
        .target(name: "SwitchboardHTTP", dependencies: ["CCurl", "SwitchboardCore"]),
        .target(
            name: "SwitchboardStore",
            dependencies: ["CSQLite", "CSodium", "SwitchboardCore"],
            linkerSettings: [.linkedLibrary(":libsqlite3.a"), .linkedLibrary(":libsodium.a"), .linkedLibrary("m")]),
        .target(
            name: "SwitchboardEngine", dependencies: ["SwitchboardCore", "SwitchboardLanguage", "SwitchboardStore"]),
        .target(name: "SwitchboardContract", dependencies: ["SwitchboardCore"]),
        .target(
            name: "SwitchboardCommands",
            dependencies: [
                "SwitchboardContract", "SwitchboardCore", "SwitchboardEngine", "SwitchboardLanguage",
                "SwitchboardStore",
            ]),
        .target(
            name: "SwitchboardReference",
            dependencies: ["SwitchboardContract", "SwitchboardCore", "SwitchboardEngine", "SwitchboardLanguage"]),
        .target(name: "SwitchboardTerminal", dependencies: ["CEditline"]),
        .target(
            name: "Switchboard",
            dependencies: [
                "SwitchboardCommands", "SwitchboardCore", "SwitchboardEngine", "SwitchboardHTTP", "SwitchboardLanguage",
                "SwitchboardReference", "SwitchboardStore",
            ]),

        // Providers, their emulators, and the two lists that the stock programs register at startup
        .target(
            name: "LiveKitProvider",
            dependencies: ["CSodium", "CYAML", "SwitchboardCore", "SwitchboardHTTP"],
            path: "Plugins/LiveKit/Sources",
            linkerSettings: [.linkedLibrary(":libsodium.a"), .linkedLibrary(":libyaml.a")]),
        .target(
            name: "LiveKitSandbox",
            dependencies: ["CSodium", "SwitchboardCore", "SwitchboardSandbox"],
            path: "Plugins/LiveKit/Sandbox",
            linkerSettings: [.linkedLibrary(":libsodium.a")]),
        .target(
            name: "TwilioProvider",
            dependencies: ["CSodium", "SwitchboardCore", "SwitchboardHTTP"],
            path: "Plugins/Twilio/Sources",
            linkerSettings: [.linkedLibrary(":libsodium.a")]),
        .target(
            name: "TwilioCommands",
            dependencies: [
                "SwitchboardCommands", "SwitchboardCore", "SwitchboardEngine", "SwitchboardLanguage",
                "SwitchboardStore",
                "TwilioProvider",
            ],
            path: "Plugins/Twilio/Commands"),
        .target(
            name: "TwilioSandbox", dependencies: ["SwitchboardCore", "SwitchboardSandbox"],
            path: "Plugins/Twilio/Sandbox"),
        .target(
            name: "AllProviders", dependencies: ["LiveKitProvider", "Switchboard", "TwilioCommands", "TwilioProvider"],
            path: "Plugins/All/Providers"),
        .target(
            name: "AllEmulators", dependencies: ["LiveKitSandbox", "SwitchboardSandbox", "TwilioSandbox"],
            path: "Plugins/All/Emulators"),

        // The sandbox and the programs
        .target(
            name: "SwitchboardSandbox",
            dependencies: ["CMicrohttpd", "CSQLite", "SwitchboardCore"],
            linkerSettings: [.linkedLibrary(":libsqlite3.a"), .linkedLibrary("m")]),
        .executableTarget(
            name: "SwitchboardTool",
            dependencies: ["AllProviders", "Switchboard", "SwitchboardTerminal"]),
        .executableTarget(
            name: "SwitchboardSandboxTool",
            dependencies: ["AllEmulators", "SwitchboardSandbox"]),

        // Tests
        .target(name: "SwitchboardTestKit", dependencies: ["SwitchboardContract", "SwitchboardCore"]),
        .target(name: "Invariants", dependencies: ["AllProviders", "Switchboard"], path: "Tests/Invariants"),
        .testTarget(
            name: "CoreTests", dependencies: ["SwitchboardCore", "SwitchboardTestKit"], path: "Tests/Core",
            exclude: ["Oracle"]),
        .testTarget(
            name: "ArchitectureTests", dependencies: [], path: "Tests/Architecture"),
        .testTarget(
            name: "ContractTests",
            dependencies: [
                "LiveKitProvider", "LiveKitSandbox", "SwitchboardContract", "SwitchboardCore", "SwitchboardHTTP",
                "SwitchboardSandbox", "SwitchboardTestKit", "TwilioProvider", "TwilioSandbox",
            ],
            path: "Tests/Contract"),
        .testTarget(
            name: "EngineTests",
            dependencies: [
                "SwitchboardCommands", "SwitchboardCore", "SwitchboardEngine", "SwitchboardLanguage",
                "SwitchboardStore",
                "SwitchboardTestKit",
            ],
            path: "Tests/Engine", exclude: ["Scripts"]),
        .executableTarget(
            name: "RequestLoad", dependencies: ["LiveKitProvider", "Switchboard"], path: "Tests/RequestLoad",
            exclude: ["searches.py"]),
        .executableTarget(
            name: "DurableLoad", dependencies: ["AllProviders", "Switchboard"], path: "Tests/DurableLoad",
            exclude: ["steps.py"]),
        .executableTarget(
            name: "EmbeddingExample", dependencies: ["Switchboard", "SwitchboardTestKit"],
            path: "Tests/EmbeddingExample"),
        .target(
            name: "ThistleProvider", dependencies: ["SwitchboardCore", "SwitchboardHTTP"],
            path: "Tests/ProviderExample/Sources"),
        .target(
            name: "ThistleSandbox", dependencies: ["SwitchboardCore", "SwitchboardSandbox"],
            path: "Tests/ProviderExample/Sandbox"),
        .target(
            name: "TemplateProvider", dependencies: ["SwitchboardCore", "SwitchboardHTTP"],
            path: "Tests/ProviderTemplate/Sources"),
        .target(
            name: "TemplateSandbox", dependencies: ["SwitchboardCore", "SwitchboardSandbox"],
            path: "Tests/ProviderTemplate/Sandbox"),
        .testTarget(
            name: "ProviderGuideTests",
            dependencies: [
                "Switchboard", "SwitchboardCore", "SwitchboardHTTP", "SwitchboardSandbox", "SwitchboardTestKit",
                "TemplateProvider",
                "TemplateSandbox", "ThistleProvider", "ThistleSandbox",
            ],
            path: "Tests/ProviderExample/Tests"),
        .executableTarget(
            name: "ReferenceTool", dependencies: ["AllProviders", "Switchboard"], path: "Tests/ReferenceTool"),
        .executableTarget(name: "DoorVictim", dependencies: ["AllProviders", "Switchboard"], path: "Tests/DoorVictim"),
        .testTarget(
            name: "ToolTests",
            dependencies: [
                "AllEmulators", "AllProviders", "DoorVictim", "EmbeddingExample", "Invariants", "Switchboard",
                "SwitchboardSandbox", "SwitchboardSandboxTool", "SwitchboardTerminal", "SwitchboardTestKit",
                "SwitchboardTool",
            ],
            path: "Tests/Tool", exclude: ["Cases", "Faults", "Interop", "Prompt"]),
        .testTarget(
            name: "LanguageTests", dependencies: ["SwitchboardLanguage", "SwitchboardTestKit"],
            path: "Tests/Language", exclude: ["Scripts"]),
        .testTarget(
            name: "HTTPTests", dependencies: ["SwitchboardCore", "SwitchboardHTTP", "SwitchboardTestKit"],
            path: "Tests/HTTP"),
        .testTarget(
            name: "StoreTests", dependencies: ["CSQLite", "SwitchboardCore", "SwitchboardStore", "SwitchboardTestKit"],
            path: "Tests/Store"),
        .testTarget(
            name: "TerminalTests", dependencies: ["SwitchboardTerminal", "TerminalDemo"], path: "Tests/Terminal",
            exclude: ["Screen"]),
        .executableTarget(name: "TerminalDemo", dependencies: ["SwitchboardTerminal"], path: "Tests/TerminalDemo"),
        .testTarget(
            name: "SandboxTests", dependencies: ["SwitchboardCore", "SwitchboardSandbox", "SwitchboardTestKit"],
            path: "Tests/Sandbox"),
        .testTarget(
            name: "LiveKitTests",
            dependencies: [
                "LiveKitProvider", "LiveKitSandbox", "SwitchboardCore", "SwitchboardHTTP", "SwitchboardSandbox",
                "SwitchboardTestKit",
            ],
            path: "Plugins/LiveKit/Tests", exclude: ["Interop"]),
        .testTarget(
            name: "TwilioTests",
            dependencies: [
                "SwitchboardCore", "SwitchboardHTTP", "SwitchboardSandbox", "SwitchboardTestKit", "TwilioCommands",
                "TwilioProvider", "TwilioSandbox",
            ],
            path: "Plugins/Twilio/Tests", exclude: ["Golden", "Interop"]),
    ],
    swiftLanguageModes: [.v6]
)

// Only `scripts/fuzz` builds it, with a sanitizer that nothing else has.
if Context.environment["SWITCHBOARD_FUZZ"] != nil {
    package.targets.append(
        .executableTarget(
            name: "Fuzz", dependencies: ["Invariants"], path: "Tests/Fuzz", exclude: ["Corpus", "words.dict"]))
}

for vendor in vendors {
    package.targets += [
        .target(
            name: vendor + "Provider", dependencies: ["SwitchboardCore", "SwitchboardHTTP"],
            path: "Plugins/\(vendor)/Sources"),
        .target(
            name: vendor + "Sandbox", dependencies: ["SwitchboardCore", "SwitchboardSandbox"],
            path: "Plugins/\(vendor)/Sandbox"),
        .testTarget(
            name: vendor + "Tests",
            dependencies: [
                "SwitchboardCore", "SwitchboardHTTP", "SwitchboardSandbox", "SwitchboardTestKit",
                .byName(name: vendor + "Provider"), .byName(name: vendor + "Sandbox"),
            ],
            path: "Plugins/\(vendor)/Tests"),
    ]
    for list in package.targets {
        if list.name == "AllProviders" { list.dependencies.append(.byName(name: vendor + "Provider")) }
        if list.name == "AllEmulators" { list.dependencies.append(.byName(name: vendor + "Sandbox")) }
    }
}

for target in package.targets where target.type != .system {
    target.swiftSettings = [
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("InternalImportsByDefault"),
        .enableUpcomingFeature("MemberImportVisibility"),
        .treatAllWarnings(as: .error),
    ]
}
