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
        let isolated = fields.read(CheckKeys.isolated, &findings).flatMap { sets($0, of: fields) }
        let trace = fields.read(CheckKeys.trace, &findings).flatMap { endpoints($0) }
        let hops = hops(of: fields)
        let mtu = fields.read(CheckKeys.mtu, &findings).flatMap { endpoints($0) }
        let size = companion(
            CheckKeys.size, of: CheckKeys.mtu.description, in: fields, "an mtu check", "of how many bytes?",
            "with the size of the largest IP packet that must pass, in bytes")
        let tcp = fields.read(CheckKeys.tcp, &findings).flatMap { endpoints($0) }
        let port = companion(
            CheckKeys.port, of: CheckKeys.tcp.description, in: fields, "a tcp check", "to which port?",
            "with the port that must take connections")
        let encapsulated = fields.read(CheckKeys.encapsulated, &findings).flatMap { encapsulation($0) }
        guard saysOneThing(fields) else { return nil }
        let kind: Check.Kind
        if let ping {
            kind = .ping(ping.first, ping.second)
        } else if let noPing {
            kind = .noPing(noPing.first, noPing.second)
        } else if let isolated {
            kind = .isolated(isolated)
        } else if let trace, let hops {
            kind = .trace(trace.first, trace.second, hops: hops)
        } else if let mtu, let size {
            kind = .mtu(mtu.first, mtu.second, size: size)
        } else if let tcp, let port {
            kind = .tcp(tcp.first, tcp.second, port: port)
        } else if let encapsulated {
            kind = encapsulated
        } else {
            return nil
        }
        return Check(kind, at: node.span, description: description)
    }

    /// Whether one of the kinds is there, `hops` with `trace` alone, `size` with `mtu` and `port` with `tcp`; a finding says so where not.
    private mutating func saysOneThing(_ fields: Fields) -> Bool {
        let kinds = CheckKeys.kinds.compactMap { key in fields.keySpan(key).map { (name: key.name, span: $0) } }
            .sorted { $0.span < $1.span }
        guard let kind = kinds.first else {
            if !CheckKeys.kinds.contains(where: { fields.mayHide($0) }) {
                findings.add(
                    .missingKey,
                    "a check has neither \"ping\", \"no-ping\", \"isolated\", \"trace\", \"mtu\", \"tcp\" nor \"encapsulated\"",
                    at: fields.place, "checks nothing", help: ["write ping: [FROM, TO]"])
            }
            return false
        }
        if kinds.count > 1 {
            addConflict(
                "a check has both \"\(kind.name)\" and \"\(kinds[1].name)\"", at: kinds[1].span, "a second check",
                and: kind.span, "the first", help: "write each as an item of its own, with \"- \" before it")
            return false
        }
        let strangers = [
            (CheckKeys.hops.name, CheckKeys.trace.name, fields.keySpan(CheckKeys.hops)),
            (CheckKeys.size.name, CheckKeys.mtu.name, fields.keySpan(CheckKeys.size)),
            (CheckKeys.port.name, CheckKeys.tcp.name, fields.keySpan(CheckKeys.port)),
        ].filter { $0.1 != kind.name }
        for case (let name, let owner, let span?) in strangers {
            addConflict(
                "\"\(name)\" is for \"\(owner)\" checks only", at: span, "has no meaning here", and: kind.span,
                "the check is a \(kind.name)", help: "write \(owner): instead of \(kind.name):")
            return false
        }
        return true
    }

    /// The routers that a trace must pass; nil where that is not said.
    private mutating func hops(of fields: Fields) -> [Located<String>]? {
        let written = companion(
            CheckKeys.hops, of: CheckKeys.trace.description, in: fields, "a trace", "by which routers?",
            "with the routers on the way, in order; hops: [] says that there is none")
        guard let written else { return nil }
        let nodes = written.map { node($0) }
        guard !nodes.contains(nil) else { return nil }
        return zip(written, nodes).compactMap { name, node in node.map { Located($0.text, at: name.span) } }
    }

    /// The value without which a kind of check says nothing; nil, with a finding, where the kind is there alone.
    /// - Parameters:
    ///   - kind: the key that says what is checked.
    ///   - subject: what such a check is called.
    ///   - question: what is not said, as a label.
    ///   - what: what the value is to be, after `add size: `.
    private mutating func companion<Value>(
        _ key: Key<Value>, of kind: KeyDescription, in fields: Fields, _ subject: String, _ question: String,
        _ what: String
    ) -> Value? {
        if let value = fields.read(key, &findings) { return value }
        if fields.contains(kind), !fields.contains(key), !fields.mayHide(key) {
            findings.add(
                .missingKey, "\(subject) has no \"\(key.name)\"", at: fields.place, question,
                help: ["add \(key.name): \(what)"])
        }
        return nil
    }

    /// What is said of packets that cross a LAN; nil, with findings, where it is not all there.
    private mutating func encapsulation(_ node: Node) -> Check.Kind? {
        guard let fields = Fields(node, of: Subject(kind: .encapsulation), at: node.span, &findings) else { return nil }
        let from = fields.read(EncapsulationKeys.from, &findings)
        let to = fields.read(EncapsulationKeys.to, &findings)
        let lan = fields.read(EncapsulationKeys.on, &findings).flatMap { isLAN($0) ? $0 : nil }
        let type = fields.read(EncapsulationKeys.type, &findings)
        guard let from, let to, let ends = endpoints(Pair(first: from, second: to)), let lan, let type else {
            return nil
        }
        return .encapsulated(ends.first, ends.second, on: lan, as: type)
    }

    /// Two names or addresses as endpoints; nil, with findings, where one of them is none.
    private mutating func endpoints(_ names: Pair<Located<String>>) -> Pair<Endpoint>? {
        let first = endpoint(names.first)
        let second = endpoint(names.second)
        guard let first, let second else { return nil }
        if first.host == second.host, first.container == second.container {
            let name = first.host.map { NodeName(host: $0, container: first.container).text }
            findings.add(
                .invalidValue,
                name.map { "a check goes from \"\($0)\" to itself" } ?? "both ends of a check are outside the topology",
                at: second.span, name == nil ? "outside too" : "the same again", and: [.init(first.span)],
                help: ["name two different containers or hosts"])
            return nil
        }
        return Pair(first: first, second: second)
    }
}
