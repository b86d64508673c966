internal import TopoDiagnostics
internal import TopoExpand
internal import TopoLower
internal import TopoModel
internal import TopoNetwork
internal import TopoSyntax

/// What a topology file says, as far as it can be made out.
struct Meaning {
    /// Its values, with what is short in it written out.
    let tree: Node?
    /// The lock of its automatic addresses as it is to be; nil where it has none.
    let lock: [UInt8]?
    /// The topology.
    let topology: Topology?
    /// What is wrong with how it says it, in any order.
    let diagnostics: [Diagnostic]
}

/// Reads a file, writes out what is short in it, and lowers it.
func meaning(of source: SourceFile) -> Meaning {
    let tree = read(source)
    guard let root = tree.output else {
        return Meaning(tree: nil, lock: nil, topology: nil, diagnostics: tree.diagnostics)
    }
    let expanded = expand(root, of: source)
    let ofFile = tree.diagnostics + expanded.diagnostics
    guard let plain = expanded.output else {
        return Meaning(tree: nil, lock: nil, topology: nil, diagnostics: ofFile)
    }
    // With a tree, the only errors of YAML are keys that are there twice.
    let lowered = lower(plain.tree, isWhole: !ofFile.hasErrors)
    // A range that is wrong is no unknown name besides.
    let told = Set(expanded.diagnostics.map(\.primary.span))
    let others = lowered.diagnostics.asWritten(in: source).filter { !told.contains($0.primary.span) }
    let all = ofFile + others
    // Of a file that cannot be built, nothing is locked yet.
    let diagnostics = all.hasErrors ? all.filter { $0.code != .notLocked } : all
    guard let topology = lowered.output, let routing = topology.routing, routing.value == .static, !all.hasErrors else {
        return Meaning(tree: plain.tree, lock: plain.lock, topology: lowered.output, diagnostics: diagnostics)
    }
    return routed(
        topology, at: routing.span,
        Meaning(tree: plain.tree, lock: plain.lock, topology: topology, diagnostics: diagnostics), of: source)
}

/// The meaning of a file that says `routing: static`, with its routes.
private func routed(_ topology: Topology, at span: Span, _ meaning: Meaning, of source: SourceFile) -> Meaning {
    let routes = StaticRoutes(of: topology)
    let place = source.written(span)
    if let excess = routes.excess {
        let tooMany = Diagnostic(
            .expansionTooLarge, "\"routing: static\" would make up to \(excess) routes", at: .init(place, "too many"),
            notes: ["at most \(StaticRoutes.limit) are made"],
            help: ["take it out, and write a default route at each router"])
        return Meaning(tree: nil, lock: meaning.lock, topology: nil, diagnostics: meaning.diagnostics + [tooMany])
    }
    let twice = routes.twice.isEmpty ? [] : [unrouted(routes.twice, at: place)]
    return Meaning(
        tree: meaning.tree.map { tree in
            tree.adding(
                routes.routes.map { one in
                    RoutesInTree(
                        host: one.host, container: one.container,
                        ways: one.ways.map {
                            ($0.to.length == 0 && $0.to.family == .ipv4 ? "default" : "\($0.to)", "\($0.via)")
                        })
                }, at: span)
        }, lock: meaning.lock, topology: topology.with(routes, at: span, lengthOfFile: source.lengthWithEnd),
        diagnostics: meaning.diagnostics + twice)
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
