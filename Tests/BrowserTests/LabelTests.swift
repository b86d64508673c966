import Foundation
import Testing

/// The labels of all figures of the project, as wide as a browser's fonts make them: none lies over another.
@Suite(.enabled(if: Browser.isThere, "chromium-driver and Graphviz are not installed"), .serialized)
final class LabelTests {
    private let folder = FileManager.default.temporaryDirectory.appendingPathComponent("topoc-labels-\(UUID())")

    init() throws { try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true) }

    deinit { try? FileManager.default.removeItem(at: folder) }

    /// Shows the figures on one page, which says what overlaps: less is what the font has beyond its letters.
    private func visit(_ figures: [(name: String, svg: Substring)]) throws -> Browser {
        let parts = figures.map { "<div class=\"figure\" data-name=\"\($0.name)\">\($0.svg)</div>" }
        let page = """
            <!DOCTYPE html><html lang="en"><meta charset="utf-8"><title>labels</title><body>
            \(parts.joined(separator: "\n"))
            <pre id="result"></pre>
            <script>
            const told = [];
            let count = 0;
            for (const figure of document.querySelectorAll(".figure")) {
                const boxes = [...figure.querySelectorAll("text")].filter((text) => text.textContent.trim())
                    .map((text) => ({text: text.textContent, box: text.getBoundingClientRect()}));
                count += boxes.length;
                boxes.forEach((one, index) => boxes.slice(index + 1).forEach((other) => {
                    const wide = Math.min(one.box.right, other.box.right) - Math.max(one.box.left, other.box.left);
                    const high = Math.min(one.box.bottom, other.box.bottom) - Math.max(one.box.top, other.box.top);
                    if (wide > 1.5 && high > 4) told.push(`${figure.dataset.name}: "${one.text}" and "${other.text}"`);
                }));
            }
            document.getElementById("result").textContent = [`${count} labels`, ...told].join("\\n");
            </script></body></html>
            """
        let file = folder.appendingPathComponent("labels.html")
        try Data(page.utf8).write(to: file)
        return try Browser.visit(file.path)
    }

    private func figure(_ arguments: [String]) throws -> Substring? {
        let file = folder.appendingPathComponent("figure.svg").path
        let run = try Tool.run(Tool.topoc, ["graph", "-o", file] + arguments)
        // A topology without tunnels has neither underlay nor overlay.
        guard run.status == 0 else {
            try #require(run.status == 2, "\(run.error)")
            return nil
        }
        let svg = try String(contentsOfFile: file, encoding: .utf8)
        return svg.range(of: "<svg").map { svg[$0.lowerBound...] }
    }

    @Test func noLabelLiesOverAnother() throws {
        let topologies = Browser.root.appendingPathComponent("topologies")
        let names = try FileManager.default.contentsOfDirectory(atPath: topologies.path)
            .filter { $0.hasSuffix(".topo") }.sorted()
        var figures: [(name: String, svg: Substring)] = []
        for name in names {
            let file = topologies.appendingPathComponent(name).path
            for language in ["en", "es"] {
                for view in ["l2", "l3", "underlay", "overlay"] {
                    let options = view == "l3" ? ["--default-routes"] : []
                    guard let svg = try figure([file, "--view", view, "--lang", language] + options) else { continue }
                    figures.append(("\(name) \(view) \(language)", svg))
                }
                let ends =
                    switch name {
                    // There each host has a c1 of its own.
                    case "four-ways.topo": ["host1/c1", "host2/c1"]
                    case "nat-router.topo": ["web", "198.51.100.7"]
                    case "vlans.topo": ["c1", "d2"]
                    default: ["c1", "c3"]
                    }
                let traced = try #require(try figure([file, "--lang", language, "--trace"] + ends))
                figures.append(("\(name) traced \(language)", traced))
            }
        }
        let result = try visit(figures).result.split(separator: "\n").map(String.init)
        let count = try #require(result.first.flatMap { Int($0.dropLast(" labels".count)) })
        #expect(figures.count >= 6 * names.count && count > 20 * figures.count)
        #expect(result.dropFirst().isEmpty, "\(result.joined(separator: "\n"))")
    }

    @Test func aLabelOverAnotherIsSeen() throws {
        let svg = """
            <svg width="200" height="60"><text x="10" y="20">lxdbr0</text><text x="40" y="22">10.1.0.1/24</text>
            <text x="10" y="50">eth0</text></svg>
            """
        #expect(try visit([("wrong", svg[...])]).result == "3 labels\nwrong: \"lxdbr0\" and \"10.1.0.1/24\"")
    }
}
