import Foundation
import Testing
import TopoDiagnostics
import TopoDriver
import TopoEmit
import TopoEmitReport
import TopoModel
import TopoReach
import TopoTemplates

/// A user's template may use every place that the built-in one could: each is filled.
@Suite struct EveryPlaceTests {
    /// A text that uses each of some places as often as it can.
    private static func text(using places: Places) -> String {
        places.all.map { name, kind in
            switch kind {
            case .text: "{{\(name)}}"
            case .flag: "{{#\(name)}}yes{{/\(name)}}{{^\(name)}}no{{/\(name)}}"
            case .texts: "{{#\(name)}}{{.}}{{/\(name)}}{{^\(name)}}none{{/\(name)}}"
            case .list(let inner): "{{#\(name)}}\(text(using: inner)){{/\(name)}}{{^\(name)}}none{{/\(name)}}"
            }
        }.map { "\($0)\n" }.joined()
    }

    private static func templates() throws -> Templates {
        try Templates(
            replacing: Templates.names.compactMap { name in
                Templates.places(of: name).map { .init(name, path: name, text: text(using: $0)) }
            })
    }

    private static func source(_ name: String) throws -> SourceFile {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "topologies")
        return SourceFile(path: name, bytes: try Array(Data(contentsOf: folder.appending(path: "\(name).topo"))))
    }

    @Test(arguments: ["routed", "vxlan"])
    func allFilesOfATopologyFillEveryPlace(name: String) throws {
        for runtime in [nil, .lxd, .incus, .docker, .netns] as [Runtime?] {
            let outcome = try compile(
                try Self.source(name), runtime: runtime, despiteErrors: true, templates: try Self.templates())
            let compilation = try #require(outcome.output)
            let titles = compilation.artifacts.filter { $0.path.hasSuffix("up.sh") || $0.path == "RUNBOOK.md" }
            #expect(titles.count > 2)
        }
    }

    @Test func allPagesFillEveryPlace() throws {
        let templates = try Self.templates()
        let examination = try #require(examine(try Self.source("routed")).output)
        let report = Report(plan: examination.plan, prediction: examination.prediction)
        #expect(report.html(templates: templates).contains("\n"))
        let live = report.livePage(templates: templates)
        #expect(live.html.contains(live.version))
        let waiting = LivePage.waiting(title: "t", templates: templates)
        #expect(waiting.html.contains(waiting.version))
        let matrix = try #require(reach(examination.prediction))
        #expect(matrix.html(title: "t", templates: templates).hasPrefix("Who reaches whom: t\n"))
    }
}
