public import TopoDiagnostics
public import TopoForwarding
internal import TopoModel
internal import TopoPlan
internal import TopoText

/// A path as a text for a person: node by node, with the headers on each wire, there and back, and where it ends.
/// - Parameters:
///   - path: the path, as the prediction gives it.
///   - prediction: what it is from.
///   - source: the topology file, for the line that decides where it ends.
///   - style: with colours or without, for that line.
public func traceText(
    _ path: Path, of prediction: Prediction, in source: SourceFile, style: RenderStyle
) -> String {
    var text = TraceText(prediction: prediction, source: source)
    text.add(path)
    if !path.reaches, let origin = path.ending.origin {
        let help = path.ending.reason.help(at: path.ending.node).map { [$0] } ?? []
        text.lines += ["", renderPlace(origin, "this decides it", help: help, of: source, style: style)]
    }
    return visibleLines(text.lines)
}

private func visibleLines(_ lines: [String]) -> String {
    lines.map { $0.ends(with: "\n") ? $0 : visible($0) + "\n" }.joined()
}

/// The text of a path in the making.
private struct TraceText {
    let headers: Headers
    let source: SourceFile
    var lines: [String] = []

    init(prediction: Prediction, source: SourceFile) {
        headers = Headers(prediction: prediction)
        self.source = source
    }

    mutating func add(_ path: Path) {
        let sender = path.sourceAddress.map { "\(path.source) (\($0))" } ?? "\(path.source)"
        lines.append(
            path.port.map { "connection from \(sender) to \(path.destination), TCP port \($0)" }
                ?? "echo request of \(path.size) bytes from \(sender) to \(path.destination), not to be fragmented")
        addWays(of: path)
        guard !path.others.isEmpty else { return }
        let number = path.others.count + 1
        lines += ["", "This is one of \(number) ways, the worst. Which one the kernels take depends on the addresses."]
        for (place, other) in path.others.enumerated() {
            lines += ["", "way \(place + 2) of \(number):"]
            addWays(of: other)
        }
    }

    private mutating func addWays(of path: Path) {
        add("there", path.there, of: path, isAnswer: false)
        if let back = path.back { add("back", back, of: path, isAnswer: true) }
        lines += ["", path.reaches ? "answered: \(answer(path))" : "not answered: \(path.words)"]
        if let telling = path.telling { lines.append("  \(telling.words(to: path))") }
    }

    private func answer(_ path: Path) -> String {
        guard let mtu = path.mtu else { return "it arrives, and its answer too" }
        let limit = mtu.interface.map { ", the limit is \($0)" } ?? ""
        let beyond =
            switch mtu.beyond {
            case .refused: "refused by its sender"
            case .reported(let node): "reported by \(node)"
            case .vanishes: "lost without a word"
            }
        return "requests of up to \(mtu.size) bytes pass\(limit); a larger one is \(beyond)"
    }

    private mutating func add(_ title: String, _ way: Way, of path: Path, isAnswer: Bool) {
        lines += ["", "\(title):"]
        add(way, indent: "  ", packets: headers.packets(of: way, on: path, isAnswer: isAnswer))
    }

    /// - Parameter packets: what leaves each hop: an echo, or the outer packet of a tunnel.
    private mutating func add(_ way: Way, indent: String, packets: [[Header]]) {
        for (index, hop) in way.hops.enumerated() {
            let arrival = hop.inInterface.map { ", in by \($0)" } ?? ""
            guard let exit = hop.outInterface, index + 1 < way.hops.count else {
                let end = way.isDelivered ? "arrived" : way.ending.reason.words(at: hop.node)
                lines.append("\(indent)\(way.isDelivered ? "◉" : "✗") \(hop.node)\(arrival): \(end)")
                continue
            }
            lines.append("\(indent)● \(hop.node)\(arrival), out by \(exit): \(decision(hop))")
            for translation in hop.translations { lines.append("\(indent)│   NAT: \(words(of: translation))") }
            let frame = headers.frame(packets[index], from: hop, to: way.hops[index + 1])
            add(frame, mtu: hop.mtu, indent: "\(indent)│   ")
            for step in hop.link { add(step, frame: frame, ttl: hop.ttl, indent: "\(indent)│ ") }
        }
    }

    /// What a node changes of a packet's addresses, and the line of the file that says so.
    private func words(of translation: Translation) -> String {
        let ports =
            translation.ports.map { $0.old == $0.new ? ", port \($0.old)" : ", port \($0.old) becomes \($0.new)" } ?? ""
        let place = source.line(at: source.written(translation.origin).start)
        return "\(translation.side.rawValue) \(translation.old) becomes \(translation.new)\(ports) (line \(place))"
    }

    /// Which route the node takes, and the line of the file that it is from.
    private func decision(_ hop: Hop) -> String {
        guard let route = hop.route else { return "its own address" }
        let place = hop.routeOrigin.map { " (line \(source.line(at: source.written($0).start)))" } ?? ""
        let name = route.length == 0 ? "default" : "\(route)"
        guard let next = hop.nextHop, !route.contains(next) || route.length == 0 else {
            return "\(name) is on link\(place)"
        }
        return "\(name) via \(next)\(place)"
    }

    private mutating func add(_ frame: [Header], mtu: Int?, indent: String) {
        let width = frame.map(\.name.utf8.count).max() ?? 0
        for header in frame {
            let name = header.name + String(repeating: " ", count: width - header.name.utf8.count)
            lines.append("\(indent)\(name) \(right(header.size))  \(header.content)")
        }
        let total = frame.reduce(0) { $0 + $1.size }
        let limit =
            mtu.map { ": a packet of \(total - 14), MTU \($0)\(total - 14 > $0 ? ", larger than it" : "")" } ?? ""
        lines.append("\(indent)\(String(repeating: " ", count: width)) \(right(total))  bytes\(limit)")
    }

    private func right(_ number: Int) -> String {
        let digits = String(number)
        return String(repeating: " ", count: max(0, 5 - digits.utf8.count)) + digits
    }

    /// That a frame has a tag.
    private func tag(_ vlan: Int?) -> String { vlan.map { ", with the tag of VLAN \($0)" } ?? "" }

    private mutating func add(_ step: LinkStep, frame: [Header], ttl: Int, indent: String) {
        switch step {
        case .veth(let vlan, let from, let to):
            lines.append("\(indent)veth pair: \(from) ─ \(to)\(tag(vlan))")
        case .lan(let name, let vlan, let from, let to):
            lines.append("\(indent)LAN \(name): \(from) ─ \(to)\(tag(vlan))")
        case .bridge(let bridge, let vlan, let from, let to):
            let inside = vlan.map { " in VLAN \($0)" } ?? ""
            lines.append(
                "\(indent)bridge \(bridge)\(inside): \(from ?? "the host itself") → \(to ?? "the host itself")")
        case .tunnel(let tunnel):
            lines.append(
                "\(indent)tunnel: \(tunnel.from) ═ \(tunnel.to), \(tunnel.overhead) bytes more\(tag(tunnel.vlan))")
            let headers = headers
            for outer in [tunnel.outer] + tunnel.others {
                if outer != tunnel.outer { lines.append("\(indent)║ or by another way:") }
                add(
                    outer, indent: "\(indent)║ ",
                    packets: outer.hops.map { hop in
                        headers.packet(of: frame, in: tunnel, ttl: tunnel.outerTTL(hop.ttl, inner: ttl))
                    })
            }
        }
    }
}

extension PathMTU.Beyond {
    /// What the sender of a request that is too large learns.
    fileprivate func words(to path: Path) -> String {
        let place = path.refusing.map { "stopped by \($0): " } ?? ""
        let limit = path.mtu.map { "; requests of up to \($0.size) bytes are answered" } ?? ""
        switch self {
        case .refused: return "\(place)its sender's own kernel refuses it: message too long\(limit)"
        case .reported(let node):
            let message =
                switch path.destination.family {
                case .ipv4: "fragmentation needed"
                case .ipv6: "packet too big"
                }
            return "\(place)ICMP \"\(message)\" goes back from \(node) to \(path.source)\(limit)"
        case .vanishes: return "\(place)nobody tells \(path.source) of it\(limit)"
        }
    }
}
