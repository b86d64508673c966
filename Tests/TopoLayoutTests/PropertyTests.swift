import Foundation
import RandomTopologies
import Testing
import TopoDiagnostics
import TopoDriver
import TopoSyntax
import TopoTemplates

/// What holds of every file that is laid out.
@Suite struct PropertyTests {
    /// Of every topology in the project, also of those with errors in the network: the document of the whole topology is the same,
    /// and of those without errors every file.
    @Test func whatIsBuiltIsTheSame() throws {
        let templates = try Templates()
        var built = 0
        for (path, source, outcome) in try Files.laidOut.get() {
            guard let laidOut = outcome.output else {
                #expect(outcome.diagnostics.hasErrors, "\(path) cannot be laid out")
                continue
            }
            let before = examine(source, despiteErrors: true)
            let after = examine(laidOut, despiteErrors: true)
            #expect(before.output?.newLock == after.output?.newLock, "\(path)")
            #expect(
                before.diagnostics.map(\.code.rawValue).sorted() == after.diagnostics.map(\.code.rawValue).sorted(),
                "\(path)")
            #expect((before.output == nil) == (after.output == nil), "\(path)")
            guard let before = before.output, let after = after.output else { continue }
            built += 1
            let only = path.contains("/Errors/") ? ["report"] : []
            let files = try [before, after].map { try artifacts(of: $0, only: only, templates: templates) }
            #expect(!files[0].isEmpty && files[0] == files[1], "\(path)")
        }
        #expect(built > 150)
    }

    @Test func layingOutTwiceChangesNothing() throws {
        for (path, _, outcome) in try Files.laidOut.get() {
            guard let once = outcome.output else { continue }
            expectSame(try #require(format(once).output), once, path)
        }
    }

    /// Every comment is there once, with its blanks and all; those of texts in quotes or blocks are none.
    @Test func noCommentIsLost() throws {
        for (path, source, outcome) in try Files.laidOut.get() {
            guard let laidOut = outcome.output else { continue }
            #expect(comments(laidOut) == comments(source), "\(path)")
        }
    }

    @Test func noLineEndsInABlank() throws {
        for (path, _, outcome) in try Files.laidOut.get() where !path.contains("texts") {
            guard let laidOut = outcome.output else { continue }
            for line in text(laidOut).split(separator: "\n") { #expect(line.last != " ", "\(path): \(line)") }
        }
    }

    /// However the same thing is written, there is one way to lay it out.
    @Test func thereIsOneLayout() throws {
        for seed in 1...25 {
            let source = SourceFile(path: "a.topo", bytes: Array(RandomTopology.drawn(seed: seed).draft.text.utf8))
            let tree = try #require(read(source).output)
            guard let wanted = format(source).output else { continue }
            for style in 0..<4 {
                var writer = Restyling(seed: UInt64(seed * 4 + style))
                let other = SourceFile(path: "a.topo", bytes: Array(writer.file(tree).utf8))
                let laidOut = try #require(format(other).output, "\(text(other))")
                expectSame(laidOut, wanted, "seed \(seed), style \(style)")
            }
        }
    }

    /// Comments put anywhere where YAML takes one are kept, and change nothing.
    @Test func commentsStayWhereverTheyStand() throws {
        for seed in 1...25 {
            let draft = SourceFile(path: "a.topo", bytes: Array(RandomTopology.drawn(seed: seed).draft.text.utf8))
            let tree = try #require(read(draft).output)
            guard format(draft).output != nil else { continue }
            for style in 0..<4 {
                var writer = Restyling(seed: UInt64(seed * 4 + style), commenting: true)
                let source = SourceFile(path: "a.topo", bytes: Array(writer.file(tree).utf8))
                let once = try #require(format(source).output, "\(text(source))")
                #expect(comments(once) == comments(source), "\(text(source))\n=>\n\(text(once))")
                let twice = try #require(format(once).output)
                expectSame(twice, once, "seed \(seed), style \(style)")
            }
        }
    }

    /// Shows the first line that is not the same.
    private func expectSame(_ source: SourceFile, _ wanted: SourceFile, _ name: String) {
        let lines = text(source).split(separator: "\n", omittingEmptySubsequences: false)
        let others = text(wanted).split(separator: "\n", omittingEmptySubsequences: false)
        let place = zip(lines, others).prefix { $0 == $1 }.count
        #expect(
            lines.count == others.count && place == lines.count,
            "\(name), line \(place + 1):\n\(lines.dropFirst(place).first ?? "")\n\(others.dropFirst(place).first ?? "")"
        )
    }

    private func text(_ source: SourceFile) -> String { String(decoding: source.bytes, as: UTF8.self) }

    /// The comments of a file, sorted: what is behind a `#` outside of its values.
    private func comments(_ source: SourceFile) -> [String] {
        var found: [String] = []
        var start = 0
        let ends = (marks(of: source) ?? []).filter { if case .scalar = $0.kind { true } else { false } }
        for span in ends.map(\.span) + [Span(source.bytes.count, source.bytes.count)] where span.start >= start {
            let gap = String(decoding: source.bytes[start..<span.start], as: UTF8.self)
            for line in gap.replacing("\r", with: "").split(separator: "\n") {
                guard let sign = line.firstIndex(of: "#") else { continue }
                found.append(line[sign...].trimmingCharacters(in: .whitespaces))
            }
            start = span.end
        }
        return found.sorted()
    }
}
