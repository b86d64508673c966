import Foundation
import Testing
import TopoDiagnostics
import TopoDriver
import TopoEmit
import TopoEmitReport
import TopoLower
import TopoSyntax
import TopoTemplates
import TopoText

/// Hostile texts in every place of the language, as its tables of keys have them: a new key is tried by itself.
@Suite struct EveryTextTests {
    /// A topology with each kind of mapping, in which every key is tried.
    private static let base = """
        topology: every
        runtime: lxd
        image: plain
        lans:
          wire: {subnet: 172.16.1.0/24, virtualbox: {network: wire}}
        networks:
          n: {kind: vxlan, subnet: 10.5.0.0/24}
          m: {kind: gretap, subnet: 10.6.0.0/24}
        hosts:
          h1:
            runtime: docker
            nics: {eth0: {lan: wire, address: 172.16.1.1/24}}
            tunnels: {t0: {type: vxlan, vni: 42, remotes: [h2]}}
            bridges: {br0: {ports: [t0]}}
            containers: {c1: {bridge: br0, address: 10.0.0.11/24}}
          h2:
            forwarding: true
            nics: {eth0: {lan: wire, address: 172.16.1.2/24}}
            tunnels: {t0: {type: vxlan, vni: 42, remotes: [h1]}, g0: {type: gretap, remote: h3}}
            bridges: {br0: {ports: [t0]}, br1: {ports: [g0], address: 10.3.0.1/24}}
            routes: [{to: 10.9.0.0/16, type: unreachable}]
            nat: [{out: eth0, from: 10.3.0.0/24}]
            publish: [{in: eth0, tcp: 8080, to: c4, port: 80}]
            ssh: {host: 192.0.2.2, user: root, port: 2222}
            containers:
              c2: {interfaces: {eth0: {bridge: br0, address: 10.0.0.12/24}, eth1: {p2p: 10.4.0.0/30}}}
              c3: {p2p: {host: 10.2.0.1/30, container: 10.2.0.2/30}}
          h3:
            runtime: netns
            nics: {eth0: {lan: wire, address: 172.16.1.3/24}}
            vlans: {eth0.7: {link: eth0}}
            tunnels:
              g0: {type: gretap, remote: h2}
              v1: {type: vxlan, vni: 43, group: 239.1.1.43, dev: eth0}
            bridges: {br1: {ports: [g0]}, br2: {vlan-filtering: true, ports: {eth0.7: {vlan: 7}}}}
            routes: [{to: 10.8.0.0/16, dev: eth0}]
            containers:
              c4: {bridge: br1, address: 10.3.0.4/24, routes: [{to: 10.2.0.0/30, via: 10.3.0.1}]}
              c5: {network: n}
              c6: {interfaces: {eth0: {network: m}}}
        checks:
          - {ping: [c1, c2]}
          - {tcp: [c1, c2], port: 80}
          - {encapsulated: {from: c1, to: c2, on: wire, as: vxlan}}
        """

    /// The built-in templates, whose functions and frames are read once.
    private static let builtIn = Result { try Templates() }

    private static func document() throws -> Document {
        Document(try #require(read(SourceFile(path: "every.topo", bytes: Array(base.utf8))).output))
    }

    /// The errors of a file, but those of the network.
    private static func errors(_ source: SourceFile) -> [Diagnostic] {
        let tree = read(source)
        let lowered = tree.output.map { lower($0, isWhole: true).diagnostics } ?? []
        return (tree.diagnostics + lowered).filter { $0.severity == .error }
    }

    /// Whether one of the errors is where a text is written.
    private static func areAtTheirPlace(_ errors: [Diagnostic], in written: FilledSource) -> Bool {
        errors.contains { error in
            ([error.primary] + error.secondary).contains { label in
                written.places.contains { $0.contains(label.span.start) || $0.lowerBound == label.span.start }
            }
        }
    }

    @Test func everyKindIsInTheDocument() throws {
        let kinds = Set(TextPlace.all(in: try Self.document()).map(\.name))
        for kind in ElementKind.allCases {
            for key in kind.keys where key.form.hasText { #expect(kinds.contains("\(kind.rawValue) \(key.name)")) }
        }
    }

    /// A name, an address, a number or a word of a list is refused, and the error says where.
    @Test func whatIsNoTextIsRefusedAtItsPlace() throws {
        let document = try Self.document()
        let places = TextPlace.all(in: document).filter { !$0.isFree }
        let groups = Dictionary(grouping: places) { "\($0.name) \($0.value)" }
        #expect(groups.count > 75)
        for (number, (name, places)) in groups.sorted(by: { $0.key < $1.key }).enumerated() {
            let parts = places.map { document.with($0.value, at: $0.path[...]).besidesHoles }
            // Each place has half of the signs: its neighbours have the others.
            for (index, hostile) in HostileText.all.enumerated() where (index + number).isMultiple(of: 2) {
                let text = hostile.tries[(index + number) / 2 % hostile.tries.count]
                // Keys that exclude this one may be there; in one mapping of the kind at least they are not.
                let isRefused = parts.contains { parts in
                    let written = FilledSource(parts, text.quoted)
                    return Self.areAtTheirPlace(Self.errors(written.source), in: written)
                }
                #expect(isRefused, "\(name) \(hostile)")
            }
        }
    }

    /// Each artifact with hostile texts in every place that takes them is what it is with plain ones, to its own reader.
    @Test func readersFindPlainTextsAndHostileOnesAlike() throws {
        let document = try Self.document()
        let places = TextPlace.all(in: document).filter { place in
            // A container of LXD has no `command`.
            place.isFree
                && Self.errors(document.with(place.value, at: place.path[...]).filled(with: "plain").source).isEmpty
        }
        #expect(Set(places.map(\.name)).isSuperset(of: ElementKind.allCases.flatMap(\.freeKeys)))
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("topoc-every-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        var taken: [String: Int] = [:]
        let parts = places.map { document.with($0.value, at: $0.path[...]).besidesHoles }
        try Self.write(try Self.artifacts(document, places.map { ($0, "plain") }), to: folder, "plain")
        for (number, group) in HostileText.groups(of: 8).enumerated() {
            let texts = zip(places, parts).map { place, parts in
                let texts = group.compactMap { Self.text(of: $0, takenAt: place, between: parts) }
                taken[place.name, default: 0] += texts.count
                return (place, texts.isEmpty ? "plain" : texts.joined())
            }
            let artifacts = try Self.artifacts(document, texts)
            for artifact in artifacts {
                let hidden = artifact.contents.unicodeScalars.filter { !"\n\r\t".unicodeScalars.contains($0) }
                    .compactMap(standIn)
                #expect(hidden.isEmpty, "\(artifact.path): \(Set(hidden))")
            }
            try Self.write(artifacts, to: folder, String(number))
        }
        // A title and a description take every sign, and other places all but controls and one more; the topology's name
        // is a name.
        let mappings = Dictionary(grouping: places, by: \.name).mapValues(\.count)
        for (name, count) in taken where name != "topology topology" {
            let takesAll = name.hasSuffix(" title") || name.hasSuffix(" description")
            let refused = takesAll ? 0 : HostileText.controls.count + 3
            #expect(count >= (HostileText.all.count - refused) * mappings[name, default: 0], "\(name): \(count)")
        }
        #expect(try Self.said(by: "readers.py", in: folder) == "")
        #expect(try Self.said(by: "run.sh", in: folder) == "")
    }

    /// The text of a sign that a place takes; nil where it refuses each, which must be an error at its place.
    private static func text(of hostile: HostileText, takenAt place: TextPlace, between parts: [[UInt8]]) -> String? {
        hostile.tries.first { text in
            let written = FilledSource(parts, text.quoted)
            let errors = Self.errors(written.source)
            #expect(
                errors.isEmpty || Self.areAtTheirPlace(errors, in: written),
                "\(place.name) \(hostile): \(errors.map(\.message))")
            return errors.isEmpty
        }?.text
    }

    /// The files of the document with these texts in their places, and its reports.
    private static func artifacts(_ document: Document, _ texts: [(TextPlace, String)]) throws -> [Artifact] {
        let written = texts.reduce(document) { $0.with($1.0.value.filled(with: $1.1), at: $1.0.path[...]) }
        let outcome = examine(written.source, despiteErrors: true)
        let examination = try #require(outcome.output, "\(outcome.diagnostics.map(\.message))")
        let report = Report(plan: examination.plan, prediction: examination.prediction)
        let tables = report.tables.map { Artifact(path: "report/\($0.name).csv", contents: $0.csv) }
        let templates = try builtIn.get()
        return try TopoDriver.artifacts(of: examination, templates: templates) + tables + [
            Artifact(path: "report/report.html", contents: report.html(templates: templates)),
            Artifact(path: "report/report.md", contents: report.markdown),
        ]
    }

    private static func write(_ artifacts: [Artifact], to folder: URL, _ name: String) throws {
        for artifact in artifacts {
            let file = folder.appendingPathComponent("\(name)/\(artifact.path)")
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try artifact.contents.write(to: file, atomically: false, encoding: .utf8)
        }
    }

    /// What one of `Tests/Fixtures/Readers` says of the files: nothing, if all is well.
    private static func said(by reader: String, in folder: URL) throws -> String {
        let readers = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appendingPathComponent("Fixtures/Readers/\(reader)")
        let process = Process()
        process.executableURL = URL(fileURLWithPath: reader.hasSuffix(".py") ? "/usr/bin/python3" : "/bin/sh")
        process.arguments = [readers.path]
        process.currentDirectoryURL = folder
        let output = Pipe()
        process.standardOutput = output
        process.standardError = output
        try process.run()
        let said = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        return process.terminationStatus == 0 ? said : said + "status \(process.terminationStatus)"
    }
}

extension ElementKind {
    /// The kind's keys that take any text.
    fileprivate var freeKeys: [String] { keys.filter { $0.form.hasText }.map { "\(rawValue) \($0.name)" } }
}

extension ValueForm {
    /// Whether a text is or may be in the value.
    fileprivate var hasText: Bool {
        switch self {
        case .text(.numberRange): false
        case .text, .prose: true
        case .list(let form), .pair(let form), .values(let form): form.hasText
        case .either(let forms): forms.contains(where: \.hasText)
        case .word, .boolean, .number, .choice, .name, .address, .interfaceAddress, .singleAddress, .prefix,
            .macAddress,
            .mapping, .named:
            false
        }
    }
}
