// swift-tools-version: 6.2
// topoc: a declarative topology compiler for container networks.
// The targets stand in the order in which a topology flows through them.

import PackageDescription

/// True for the one-file release binary: libyaml is linked from its archive.
let linksStatically = Context.environment["TOPOC_STATIC"] == "1"

let swiftSettings: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .treatAllWarnings(as: .error),
]

/// True to make the fuzzer, which has libFuzzer's `main` in the place of one of its own.
let makesFuzzer = Context.environment["TOPOC_FUZZ"] == "1"

/// True to make what tries random topologies by the hundred thousand (`scripts/random.sh --silent`).
let makesSilence = Context.environment["TOPOC_SILENCE"] == "1"

/// A stage of the compiler: one module, one folder below `Sources`.
func stage(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .target(name: name, dependencies: dependencies, swiftSettings: swiftSettings)
}

/// A test target, with the cases it reads from files left where they are.
func tests(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .testTarget(name: name, dependencies: dependencies, exclude: [], swiftSettings: swiftSettings)
}

let package = Package(
    name: "topoc",
    platforms: [.macOS(.v15)],
    products: [.executable(name: "topoc", targets: ["topoc"])],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/swhitty/FlyingFox", from: "0.27.1"),
    ],
    targets: [
        .systemLibrary(name: "CYaml", providers: [.apt(["libyaml-dev"])]),
        stage("TopoText"),
        stage("TopoDiagnostics", ["TopoText"]),
        stage("TopoJSON", ["TopoText"]),
        .target(
            name: "TopoSyntax",
            dependencies: ["CYaml", "TopoDiagnostics", "TopoText"],
            swiftSettings: swiftSettings,
            linkerSettings: [.linkedLibrary(linksStatically ? ":libyaml.a" : "yaml")]
        ),
        stage("TopoModel", ["TopoDiagnostics", "TopoText"]),
        stage("TopoLower", ["TopoDiagnostics", "TopoSyntax", "TopoModel", "TopoText"]),
        stage("TopoExpand", ["TopoDiagnostics", "TopoSyntax", "TopoModel", "TopoLower", "TopoText"]),
        stage("TopoSchema", ["TopoJSON", "TopoLower"]),
        stage("TopoLayout", ["TopoDiagnostics", "TopoSyntax", "TopoLower", "TopoText"]),
        stage("TopoNetwork", ["TopoDiagnostics", "TopoModel"]),
        stage("TopoCheck", ["TopoDiagnostics", "TopoModel", "TopoNetwork", "TopoText"]),
        stage("TopoPlan", ["TopoDiagnostics", "TopoModel", "TopoNetwork"]),
        stage("TopoForwarding", ["TopoDiagnostics", "TopoModel", "TopoNetwork", "TopoPlan"]),
        stage("TopoTrace", ["TopoDiagnostics", "TopoForwarding", "TopoJSON", "TopoModel", "TopoPlan", "TopoText"]),
        stage("TopoReach", ["TopoForwarding", "TopoJSON", "TopoModel", "TopoPlan", "TopoText"]),
        .target(
            name: "TopoTemplates",
            path: "templates",
            resources: [
                .embedInCode("report"), .embedInCode("graphviz"), .embedInCode("lab"), .embedInCode("shell"),
                .embedInCode("virtualbox"), .embedInCode("networkd"), .embedInCode("init"), .embedInCode("ansible"),
            ],
            swiftSettings: swiftSettings
        ),
        stage("TopoEmit", ["TopoModel", "TopoNetwork", "TopoPlan", "TopoTemplates", "TopoText"]),
        stage("TopoEmitShell", ["TopoEmit", "TopoModel", "TopoNetwork", "TopoPlan", "TopoTemplates", "TopoText"]),
        stage("TopoEmitLab", ["TopoEmit", "TopoModel", "TopoPlan", "TopoTemplates", "TopoText"]),
        stage("TopoEmitNetworkd", ["TopoEmit", "TopoModel", "TopoPlan", "TopoTemplates", "TopoText"]),
        stage("TopoEmitVirtualBox", ["TopoEmit", "TopoModel", "TopoPlan", "TopoTemplates", "TopoText"]),
        stage("TopoEmitAnsible", ["TopoEmit", "TopoPlan", "TopoTemplates", "TopoText"]),
        stage("TopoEmitGraphviz", ["TopoEmit", "TopoModel", "TopoNetwork", "TopoPlan", "TopoTemplates", "TopoText"]),
        stage(
            "TopoEmitReport",
            [
                "TopoEmit", "TopoEmitGraphviz", "TopoForwarding", "TopoJSON", "TopoModel", "TopoNetwork", "TopoPlan",
                "TopoReach",
                "TopoTemplates", "TopoText",
            ]),
        stage(
            "TopoDriver",
            [
                "TopoDiagnostics", "TopoSyntax", "TopoModel", "TopoLower", "TopoExpand", "TopoLayout", "TopoCheck",
                "TopoPlan", "TopoNetwork",
                "TopoForwarding", "TopoEmit", "TopoEmitShell", "TopoEmitLab", "TopoEmitNetworkd", "TopoEmitVirtualBox",
                "TopoEmitAnsible", "TopoEmitGraphviz",
                "TopoEmitReport", "TopoTemplates", "TopoText",
            ]),
        .plugin(name: "EmbedPages", capability: .buildTool),
        .target(name: "TopoExplain", swiftSettings: swiftSettings, plugins: ["EmbedPages"]),
        stage("TopoFindings", ["TopoDiagnostics", "TopoExplain", "TopoJSON", "TopoText"]),
        .target(
            name: "TopoWatch",
            dependencies: ["TopoJSON", .product(name: "FlyingSocks", package: "FlyingFox")],
            swiftSettings: swiftSettings),
        .executableTarget(
            name: "topoc",
            dependencies: [
                "TopoWatch", "TopoDriver", "TopoFindings", "TopoSchema", "TopoDiagnostics", "TopoModel", "TopoNetwork",
                "TopoPlan", "TopoForwarding", "TopoReach",
                "TopoTrace", "TopoEmit", "TopoEmitGraphviz", "TopoEmitReport", "TopoExplain", "TopoTemplates",
                "TopoText",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            swiftSettings: swiftSettings
        ),
        tests(
            "TopoEmitReportTests",
            [
                "TopoEmitReport", "TopoDriver", "TopoEmit", "TopoForwarding", "TopoJSON", "TopoNetwork", "TopoPlan",
                "TopoModel",
                "TopoReach", "TopoDiagnostics", "TopoTemplates", "TopoText", "RandomNumbers",
            ]),
        tests("BrowserTests", ["topoc"]),
        tests("WatchTests", ["TopoWatch", "topoc"]),
        tests(
            "TopoEmitNetworkdTests",
            ["TopoDiagnostics", "TopoDriver", "TopoEmit", "TopoEmitNetworkd", "TopoModel", "TopoTemplates"]),
        tests(
            "TopoEmitVirtualBoxTests",
            [
                "TopoDiagnostics", "TopoDriver", "TopoEmit", "TopoEmitVirtualBox", "TopoModel", "TopoPlan",
                "TopoTemplates",
            ]),
        tests(
            "TopoEmitAnsibleTests",
            [
                "TopoDiagnostics", "TopoDriver", "TopoEmit", "TopoEmitAnsible", "TopoModel", "TopoPlan",
                "TopoTemplates", "TopoText",
            ]),
        tests("TopoTemplatesTests", ["RandomNumbers", "TopoTemplates"]),
        tests(
            "TopoLayoutTests",
            ["RandomTopologies", "TopoDiagnostics", "TopoDriver", "TopoLayout", "TopoSyntax", "TopoTemplates"]),
        tests(
            "TopoExpandTests",
            [
                "TopoDiagnostics", "TopoDriver", "TopoExpand", "TopoForwarding", "TopoModel", "TopoPlan", "TopoSyntax",
                "TopoEmit", "TopoTemplates",
            ]),
        tests("TopoDriverTests", ["TopoDriver", "TopoEmit", "TopoModel", "TopoNetwork", "TopoDiagnostics"]),
        tests(
            "TopoEmitGraphvizTests",
            [
                "TopoDriver", "TopoDiagnostics", "TopoModel", "TopoPlan", "TopoEmit", "TopoEmitGraphviz",
                "TopoTemplates",
            ]),
        tests(
            "TopoEmitShellTests",
            [
                "TopoDriver", "TopoDiagnostics", "TopoEmit", "TopoEmitShell", "TopoForwarding", "TopoLower", "TopoPlan",
                "TopoSyntax", "TopoTemplates",
            ]),
        tests("CommandTests", ["topoc", "TopoEmit"]),
        tests("GoldenTests", ["topoc"]),
        tests("LaneTests", ["Guests"]),
        tests("GuideTests", ["topoc"]),
        tests("TopoExplainTests", ["TopoExplain", "TopoDiagnostics"]),
        tests(
            "TopoTextTests",
            [
                "TopoDiagnostics", "TopoDriver", "TopoEmit", "TopoEmitReport", "TopoLower", "TopoSyntax",
                "TopoTemplates",
                "TopoText",
            ]),
        tests("TopoDiagnosticsTests", ["TopoDiagnostics", "TopoText"]),
        tests("TopoJSONTests", ["TopoJSON"]),
        tests(
            "FormatTests",
            [
                "RandomNumbers",
                "TopoDiagnostics", "TopoDriver", "TopoFindings", "TopoJSON", "TopoLower", "TopoSchema", "TopoSyntax",
                "TopoText",
            ]),
        tests("TopoLowerTests", ["CYaml", "TopoDiagnostics", "TopoExpand", "TopoSyntax", "TopoModel", "TopoLower"]),
        // The hosts with real daemons that tests of LXD and of Docker run scripts on.
        .target(
            name: "HostBed", dependencies: ["TopoDiagnostics", "TopoDriver", "TopoTemplates", "TopoEmit"],
            path: "Tests/HostBed", exclude: ["bed.sh"], swiftSettings: swiftSettings),
        // What a host's kernel has, to compare what units make with what scripts make.
        .target(
            name: "KernelState", path: "Tests/KernelState", exclude: ["state.sh"], swiftSettings: swiftSettings),
        // What waits at once, and what has a processor of its own.
        .target(name: "SideBySide", path: "Tests/SideBySide", swiftSettings: swiftSettings),
        // What kernels of their own say, and their processes on this machine.
        .target(name: "Guests", path: "Tests/Guests", swiftSettings: swiftSettings),
        .testTarget(
            name: "OwnKernelTests", dependencies: ["Guests", "HostBed", "SideBySide", "TopoTemplates"],
            exclude: ["kernel.sh"], swiftSettings: swiftSettings),
        .testTarget(
            name: "LXDTests", dependencies: ["HostBed", "TopoTemplates"],
            exclude: ["images.sh", "incus-by-lxc.sh", "incus.sh", "lxd.sh"], swiftSettings: swiftSettings),
        .testTarget(
            name: "NetworkdTests",
            dependencies: ["KernelState", "TopoDiagnostics", "TopoDriver", "TopoEmit", "TopoModel", "TopoTemplates"],
            exclude: ["bed.sh", "systemctl.sh"], swiftSettings: swiftSettings),
        .testTarget(
            name: "AnsibleTests",
            dependencies: ["HostBed", "TopoDiagnostics", "TopoDriver", "TopoEmit", "TopoTemplates"],
            exclude: ["serve.sh", "sshd.sh"], swiftSettings: swiftSettings),
        .testTarget(
            name: "DockerTests", dependencies: ["HostBed"], exclude: ["both.sh", "docker.sh"],
            swiftSettings: swiftSettings),
        tests("UMLTests", ["topoc", "Guests", "KernelState", "SideBySide"]),
        .testTarget(
            name: "QEMUTests", dependencies: ["Guests", "TopoDiagnostics", "TopoDriver", "TopoEmit", "TopoTemplates"],
            exclude: ["begin.sh", "boot.sh", "qemu.sh", "run.sh"], swiftSettings: swiftSettings),
        tests("TopoPlanTests", ["TopoDiagnostics", "TopoModel", "TopoPlan"]),
        tests("TopoModelTests", ["RandomNumbers", "TopoModel"]),
        tests("TopoNetworkTests", ["TopoDiagnostics", "TopoModel", "TopoNetwork"]),
        tests("TopoCheckTests", ["RandomNumbers", "TopoCheck", "TopoDiagnostics", "TopoModel", "TopoNetwork"]),
        tests("TopoForwardingTests", ["RandomNumbers", "TopoDiagnostics", "TopoModel", "TopoPlan", "TopoForwarding"]),
        tests(
            "TopoReachTests",
            ["TopoDiagnostics", "TopoDriver", "TopoForwarding", "TopoJSON", "TopoModel", "TopoPlan", "TopoReach"]),
        // Numbers that are the same for the same seed.
        .target(name: "RandomNumbers", path: "Tests/RandomNumbers", swiftSettings: swiftSettings),
        // Random topologies, what in them is meant to reach each other, and whether what is found says so.
        .target(
            name: "RandomTopologies",
            dependencies: [
                "RandomNumbers", "TopoDiagnostics", "TopoModel", "TopoNetwork", "TopoPlan", "TopoForwarding",
                "TopoDriver",
            ],
            path: "Tests/RandomTopologies", swiftSettings: swiftSettings),
        tests(
            "SilenceTests",
            [
                "RandomTopologies", "TopoCheck", "TopoDiagnostics", "TopoDriver", "TopoForwarding", "TopoModel",
                "TopoNetwork", "TopoPlan",
            ]),
        tests("TopoSyntaxTests", ["TopoSyntax", "TopoDiagnostics"]),
        .testTarget(
            name: "LabTests",
            dependencies: [
                "SideBySide", "RandomTopologies", "TopoDiagnostics", "TopoDriver", "TopoEmit", "TopoForwarding",
                "TopoModel",
                "TopoNetwork", "TopoPlan", "TopoTemplates", "topoc",
            ],
            exclude: ["forms.sh", "machine.sh", "shim.sh", "state.sh"], swiftSettings: swiftSettings),
    ]
        + (makesFuzzer
            ? [
                .executableTarget(
                    name: "Fuzz", dependencies: ["TopoDiagnostics", "TopoDriver", "TopoFindings", "TopoTemplates"],
                    path: "Tests/Fuzz", swiftSettings: swiftSettings + [.unsafeFlags(["-parse-as-library"])])
            ] : [])
        + (makesSilence
            ? [
                .executableTarget(
                    name: "Silence", dependencies: ["RandomTopologies"], path: "Tests/Silence",
                    swiftSettings: swiftSettings)
            ] : [])
)
