internal import TopoDiagnostics
internal import TopoExpand
internal import TopoLower
internal import TopoModel
internal import TopoNetwork
internal import TopoSyntax

/// What a topology file says, as far as it can be made out.
struct Meaning {
    /// Its values, with what is short in it written out, but for its static routes.
    private let plain: Node?
    /// The static routes, which stand for the word at a place.
    private let routes: (routes: StaticRoutes, place: Span)?
    /// The lock of its automatic addresses as it is to be; nil where it has none.
    let lock: [UInt8]?
    /// The topology.
    let topology: Topology?
    /// What is wrong with how it says it, in any order.
    let diagnostics: [Diagnostic]

    init(
        plain: Node?, lock: [UInt8]?, topology: Topology?, diagnostics: [Diagnostic],
        routes: (routes: StaticRoutes, place: Span)? = nil
    ) {
        (self.plain, self.lock, self.topology, self.diagnostics) = (plain, lock, topology, diagnostics)
        self.routes = routes
    }

    /// Its values, with what is short in it written out. There can be a million static routes, and only who prints them needs
    /// them as texts.
    var tree: Node? {
        guard let plain, let routes else { return plain }
        return plain.adding(routes.routes.inTree, at: routes.place)
    }
}

extension StaticRoutes {
    /// The routes, as they are written.
    fileprivate var inTree: [RoutesInTree] {
        var texts: [Prefix: String] = [.everything(.ipv4): "default"]
        func text(_ prefix: Prefix) -> String {
            if let text = texts[prefix] { return text }
            let text = prefix.description
            texts[prefix] = text
            return text
        }
        return routes.map { one in
            RoutesInTree(
                host: one.host, container: one.container, ways: one.ways.map { (text($0.to), $0.via.description) })
        }
    }
}

/// Reads a file, writes out what is short in it, and lowers it.
/// - Parameter runtime: makes all containers with this runtime, whatever the file says.
func meaning(of source: SourceFile, runtime: Runtime? = nil) -> Meaning {
    let tree = read(source)
    guard let root = tree.output else {
        return Meaning(plain: nil, lock: nil, topology: nil, diagnostics: tree.diagnostics)
    }
    let expanded = expand(root, of: source)
    let ofFile = tree.diagnostics + expanded.diagnostics
    guard let plain = expanded.output else {
        return Meaning(plain: nil, lock: nil, topology: nil, diagnostics: ofFile)
    }
    // With a tree, the only errors of YAML are keys that are there twice.
    let lowered = lower(plain.tree, isWhole: !ofFile.hasErrors, runtime: runtime)
    // A range that is wrong is no unknown name besides.
    let told = Set(expanded.diagnostics.map(\.primary.span))
    let others = lowered.diagnostics.asWritten(in: source).filter { !told.contains($0.primary.span) }
    let all = ofFile + others
    // Of a file that cannot be built, nothing is locked yet.
    let diagnostics = all.hasErrors ? all.filter { $0.code != .notLocked } : all
    guard let topology = lowered.output, let routing = topology.routing, routing.value == .static, !all.hasErrors else {
        return Meaning(plain: plain.tree, lock: plain.lock, topology: lowered.output, diagnostics: diagnostics)
    }
    return routed(topology, at: routing.span, plain, diagnostics, of: source)
}

/// The meaning of a file that says `routing: static`, with its routes.
private func routed(
    _ topology: Topology, at span: Span, _ plain: Expansion, _ diagnostics: [Diagnostic], of source: SourceFile
) -> Meaning {
    let routes = StaticRoutes(of: topology)
    let place = source.written(span)
    if let excess = routes.excess {
        let tooMany = Diagnostic(
            .expansionTooLarge, "\"routing: static\" would make up to \(excess) routes", at: .init(place, "too many"),
            notes: ["at most \(StaticRoutes.limit) are made"],
            help: ["take it out, and write a default route at each router"])
        return Meaning(plain: nil, lock: plain.lock, topology: nil, diagnostics: diagnostics + [tooMany])
    }
    let twice = routes.twice.isEmpty ? [] : [unrouted(routes.twice, at: place)]
    return Meaning(
        plain: plain.tree, lock: plain.lock,
        topology: topology.with(routes, at: span, lengthOfFile: source.lengthWithEnd),
        diagnostics: diagnostics + twice, routes: (routes, span))
}

private func unrouted(_ subnets: [Prefix], at place: Span) -> Diagnostic {
    let shown = subnets.prefix(4).map(\.description).joined(separator: ", ")
    let more = subnets.count > 4 ? " and \(subnets.count - 4) more" : ""
    return Diagnostic(
        .subnetTwice,
        "\"routing: static\" leaves out \(shown)\(more), which \(subnets.count == 1 ? "is" : "are") on several segments",
        at: .init(place), notes: ["a packet for such an address has several places to go"],
        help: ["write the routes to them, or give each segment a subnet of its own"])
}
