import TopoDiagnostics
import TopoModel
import TopoSyntax

extension Lowering {
    /// A check; nil, with a finding, where it does not say one thing about two endpoints that exist.
    mutating func check(_ node: Node) -> Check? {
        let subject = Subject(kind: .check)
        guard let fields = Fields(node, of: subject, at: node.span, &findings) else { return nil }
        let description = fields.read(CheckKeys.description, &findings)
        let ping = fields.read(CheckKeys.ping, &findings).flatMap { endpoints($0) }
        let noPing = fields.read(CheckKeys.noPing, &findings).flatMap { endpoints($0) }
        let trace = fields.read(CheckKeys.trace, &findings).flatMap { endpoints($0) }
        let hops = hops(of: fields)
        guard saysOneThing(fields) else { return nil }
        let kind: Check.Kind
        if let ping {
            kind = .ping(ping.first, ping.second)
        } else if let noPing {
            kind = .noPing(noPing.first, noPing.second)
        } else if let trace, let hops {
            kind = .trace(trace.first, trace.second, hops: hops)
        } else {
            return nil
        }
        return Check(kind, at: node.span, description: description)
    }

    /// Whether one of the three keys is there, and `hops` with `trace` alone; a finding says so where not.
    private mutating func saysOneThing(_ fields: Fields) -> Bool {
        let kinds = [
            (CheckKeys.ping.name, fields.keySpan(CheckKeys.ping)),
            (CheckKeys.noPing.name, fields.keySpan(CheckKeys.noPing)),
            (CheckKeys.trace.name, fields.keySpan(CheckKeys.trace)),
        ].compactMap { name, span in span.map { (name: name, span: $0) } }.sorted { $0.span < $1.span }
        guard let kind = kinds.first else {
            let isHidden =
                fields.mayHide(CheckKeys.ping) || fields.mayHide(CheckKeys.noPing) || fields.mayHide(CheckKeys.trace)
            if !isHidden {
                findings.add(
                    .missingKey, "a check has neither \"ping\", \"no-ping\" nor \"trace\"", at: fields.place,
                    "checks nothing", help: ["write ping: [FROM, TO]"])
            }
            return false
        }
        if kinds.count > 1 {
            addConflict(
                "a check has both \"\(kind.name)\" and \"\(kinds[1].name)\"", at: kinds[1].span, "a second check",
                and: kind.span, "the first", help: "write each as an item of its own, with \"- \" before it")
            return false
        }
        if !fields.contains(CheckKeys.trace), let hops = fields.keySpan(CheckKeys.hops) {
            addConflict(
                "\"hops\" is for \"trace\" alone", at: hops, "has no meaning here", and: kind.span,
                "the check is a \(kind.name)", help: "write trace: in place of \(kind.name):")
            return false
        }
        return true
    }

    /// The routers that a trace must pass; nil where that is not said.
    private mutating func hops(of fields: Fields) -> [Located<String>]? {
        guard let written = fields.read(CheckKeys.hops, &findings) else {
            if fields.contains(CheckKeys.trace), !fields.contains(CheckKeys.hops), !fields.mayHide(CheckKeys.hops) {
                findings.add(
                    .missingKey, "a trace has no \"hops\"", at: fields.place, "by which routers?",
                    help: ["add hops: with the routers on the way, in order; hops: [] says that there is none"])
            }
            return nil
        }
        let nodes = written.map { node($0) }
        guard !nodes.contains(nil) else { return nil }
        return zip(written, nodes).compactMap { name, node in node.map { Located($0.text, at: name.span) } }
    }

    /// Two names as endpoints; nil, with findings, where one of them is none.
    private mutating func endpoints(_ names: Pair<Located<String>>) -> Pair<Endpoint>? {
        let first = node(names.first)
        let second = node(names.second)
        guard let first, let second else { return nil }
        if first == second {
            findings.add(
                .invalidValue, "a check goes from \"\(first.text)\" to itself", at: names.second.span, "the same again",
                and: [.init(names.first.span)], help: ["name two different containers or hosts"])
            return nil
        }
        return Pair(
            first: Endpoint(host: first.host, container: first.container, span: names.first.span),
            second: Endpoint(host: second.host, container: second.container, span: names.second.span))
    }
}
