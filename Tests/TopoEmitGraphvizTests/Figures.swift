import Synchronization
import Testing
import TopoDiagnostics
import TopoDriver
import TopoEmit
import TopoEmitGraphviz
import TopoPlan
import TopoTemplates

/// The two figures of a plan.
struct Figures: Equatable {
    let layer2: String
    let layer3: String

    init(_ plan: Plan) throws {
        let artifacts = try GraphvizBackend().emit(plan, templates: builtIn.get())
        #expect(artifacts.map(\.path) == ["l2.dot", "l3.dot"])
        layer2 = artifacts[0].contents
        layer3 = artifacts[1].contents
    }

    /// The figures of a topology file's text.
    init(of text: String) throws { try self.init(try Figures.plan(of: text)) }

    /// The plan of a topology file's text. Many tests draw the same ones: each is made once.
    static func plan(of text: String) throws -> Plan {
        if let plan = plans.withLock({ $0[text] }) { return plan }
        let source = SourceFile(path: "figure.topo", bytes: Array(text.utf8))
        let outcome = examine(source)
        let plan = try #require(outcome.output, "\(render(outcome.diagnostics, of: source, style: .plain))").plan
        plans.withLock { $0[text] = plan }
        return plan
    }

    private static let plans = Mutex<[String: Plan]>([:])

    /// One figure of a topology file's text, made once.
    static func draw(
        _ text: String, _ options: FigureOptions, in notation: FigureNotation = .dot
    ) throws -> String {
        let key = Key(text: text, options: options, notation: notation)
        if let figure = drawn.withLock({ $0[key] }) { return figure }
        let figure = try drawFigure(try plan(of: text), options, in: notation, templates: try builtIn.get())
        drawn.withLock { $0[key] = figure }
        return figure
    }

    private struct Key: Hashable {
        let text: String
        let options: FigureOptions
        let notation: FigureNotation
    }

    private static let drawn = Mutex<[Key: String]>([:])

    var both: [String] { [layer2, layer3] }

    /// The edges of a figure, without their attributes.
    static func edges(_ figure: String) -> [String] {
        figure.split(separator: "\n").filter { $0.contains(" -- ") && !$0.contains("rank=same") }.map { line in
            String(line.prefix(while: { $0 != "[" })).replacing("\"", with: "").trimmingPrefix(while: { $0 == " " })
                .split(separator: " ").joined(separator: " ")
        }
    }
}

/// The built-in templates, whose functions and frames are read once for all tests of the module.
let builtIn = Result { try Templates() }
