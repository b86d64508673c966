public import TopoDiagnostics
public import TopoForwarding
public import TopoJSON
internal import TopoModel
internal import TopoPlan

/// A path as JSON, described in docs/prediction.md.
/// - Parameters:
///   - path: the path, as the prediction gives it.
///   - prediction: what it is from.
///   - source: the topology file, for places.
public func traceDocument(_ path: Path, of prediction: Prediction, in source: SourceFile) -> JSON {
    TraceDocument(headers: Headers(prediction: prediction), source: source).document(path)
}

/// Writes paths of one file.
private struct TraceDocument {
    let headers: Headers
    let source: SourceFile

    func document(_ path: Path) -> JSON {
        .members([
            "source": .string(path.source.description),
            "sourceAddress": path.sourceAddress.map { .string("\($0)") },
            "destination": .string("\(path.destination)"),
            "port": path.port.map { .number(Int($0)) },
            "size": .number(path.size),
            "answered": .boolean(path.reaches),
            "there": way(path.there, headers.packets(of: path.there, on: path, isAnswer: false)),
            "back": path.back.map { way($0, headers.packets(of: $0, on: path, isAnswer: true)) },
            "ending": ending(path.ending),
            "mtu": path.mtu.map(mtu),
            "refusedBy": path.refusing.map { .string("\($0)") },
            "told": path.telling.map { .string(word($0)) },
            "others": JSON.array(path.others.map(document)).unlessEmpty,
        ])
    }

    /// - Parameter packets: what leaves each of its hops.
    private func way(_ way: Way, _ packets: [[Header]]) -> JSON {
        let hops = way.hops.indices.map { index in
            let hop = way.hops[index]
            let isLast = index + 1 == way.hops.count
            return self.hop(hop, isLast ? [] : headers.frame(packets[index], from: hop, to: way.hops[index + 1]))
        }
        return .members(["hops": .array(hops), "ending": ending(way.ending)])
    }

    private func hop(_ hop: Hop, _ frame: [Header]) -> JSON {
        let headers = frame.map { header -> JSON in
            .members([
                "name": .string(header.name), "content": .string(header.content), "size": .number(header.size),
            ])
        }
        return .members([
            "node": .string(hop.node.description),
            "in": hop.inInterface.map(JSON.string),
            "out": hop.outInterface.map(JSON.string),
            "route": hop.route.map { .string("\($0)") },
            "routePlace": hop.routeOrigin.map(place),
            "nextHop": hop.nextHop.map { .string("\($0)") },
            "mtu": hop.mtu.map(JSON.number),
            "ttl": .number(hop.ttl),
            "frame": JSON.array(headers).unlessEmpty,
            "translations": JSON.array(hop.translations.map(translation)).unlessEmpty,
            "link": JSON.array(hop.link.map { step($0, frame, hop.ttl) }).unlessEmpty,
        ])
    }

    private func translation(_ translation: Translation) -> JSON {
        .members([
            "side": .string(translation.side.rawValue), "from": .string("\(translation.old)"),
            "to": .string("\(translation.new)"),
            "fromPort": translation.ports.map { .number(Int($0.old)) },
            "toPort": translation.ports.map { .number(Int($0.new)) }, "place": place(translation.origin),
        ])
    }

    private func step(_ step: LinkStep, _ frame: [Header], _ ttl: Int) -> JSON {
        switch step {
        case .veth(let vlan, let from, let to):
            return .members([
                "type": "veth", "vlan": vlan.map(JSON.number), "from": .string("\(from)"), "to": .string("\(to)"),
            ])
        case .lan(let name, let vlan, let from, let to):
            return .members([
                "type": "lan", "name": .string(name), "vlan": vlan.map(JSON.number), "from": .string("\(from)"),
                "to": .string("\(to)"),
            ])
        case .bridge(let bridge, let vlan, let from, let to):
            return .members([
                "type": "bridge", "name": .string("\(bridge)"), "vlan": vlan.map(JSON.number),
                "from": from.map(JSON.string), "to": to.map(JSON.string),
            ])
        case .tunnel(let tunnel):
            return .members([
                "type": .string(tunnel.word), "from": .string("\(tunnel.from)"), "to": .string("\(tunnel.to)"),
                "vlan": tunnel.vlan.map(JSON.number), "overhead": .number(tunnel.overhead),
                "outer": outer(tunnel.outer, of: tunnel, frame, ttl),
                "others": JSON.array(tunnel.others.map { outer($0, of: tunnel, frame, ttl) }).unlessEmpty,
            ])
        }
    }

    private func outer(_ outer: Way, of tunnel: Encapsulation, _ frame: [Header], _ ttl: Int) -> JSON {
        way(
            outer,
            outer.hops.map { hop in
                headers.packet(of: frame, in: tunnel, ttl: tunnel.outerTTL(hop.ttl, inner: ttl))
            })
    }

    private func mtu(_ mtu: PathMTU) -> JSON {
        .members([
            "size": .number(mtu.size), "beyond": .string(word(mtu.beyond)),
            "interface": mtu.interface.map { .string("\($0)") },
            "place": mtu.origin.map(place),
        ])
    }

    private func word(_ beyond: PathMTU.Beyond) -> String {
        switch beyond {
        case .refused: "refused"
        case .reported: "reported"
        case .vanishes: "vanishes"
        }
    }

    private func ending(_ ending: Ending) -> JSON {
        .members([
            "node": .string(ending.node.description), "reason": .string(ending.reason.words(at: ending.node)),
            "place": ending.origin.map(place),
        ])
    }

    private func place(_ span: Span) -> JSON {
        let position = source.position(at: source.written(span).start)
        return .members(["line": .number(position.line), "column": .number(position.column)])
    }
}

extension Encapsulation {
    /// The tunnel's type, as the language calls it.
    fileprivate var word: String {
        switch carrier {
        case .gretap: "gretap"
        case .vxlan: "vxlan"
        }
    }
}
