import TopoModel
import TopoPlan

/// A place on a packet's way where it crosses a LAN, as it is or inside the packets of tunnels.
struct LANCrossing {
    /// The LAN.
    let lan: String
    /// The interface that sends to the LAN.
    let from: InterfaceReference
    /// The VLAN of the tag that frames have there; nil where they have none.
    let vlan: Int?
    /// The tunnels whose packets it is in there, the outermost first.
    let tunnels: [Encapsulation]
    /// The source that a router on the way has given the packet; nil where it is the sender's.
    let source: IPAddress?
}

extension Way {
    /// Where it crosses a LAN, in order, the ways of outer packets included.
    func crossings(of lan: String) -> [LANCrossing] { crossings.filter { $0.lan == lan } }

    /// Where it crosses any LAN.
    var crossings: [LANCrossing] {
        var source: IPAddress?
        return hops.flatMap { hop -> [LANCrossing] in
            source = hop.translations.last { $0.side == .source }?.new ?? source
            return hop.link.flatMap { step -> [LANCrossing] in
                switch step {
                case .lan(let lan, let vlan, let from, _):
                    [LANCrossing(lan: lan, from: from, vlan: vlan, tunnels: [], source: source)]
                case .tunnel(let tunnel):
                    tunnel.outer.crossings.map {
                        LANCrossing(
                            lan: $0.lan, from: $0.from, vlan: $0.vlan, tunnels: $0.tunnels + [tunnel], source: source)
                    }
                case .veth, .bridge: []
                }
            }
        }
    }

    /// The way with each of the ways that the outer packets of its tunnels may take; the way itself where there is no choice.
    var withEachOuterWay: [Way] {
        var ways = [self]
        for (place, hop) in hops.enumerated() {
            for (number, step) in hop.link.enumerated() {
                guard case .tunnel(let tunnel) = step, !tunnel.others.isEmpty else { continue }
                ways = ([tunnel.outer] + tunnel.others).flatMap { outer in
                    ways.map { $0.replacing(number, at: place, with: .tunnel(tunnel.by(outer))) }
                }
            }
        }
        return ways
    }

    private func replacing(_ number: Int, at place: Int, with step: LinkStep) -> Way {
        var hops = hops
        var link = hops[place].link
        link[number] = step
        hops[place] = hops[place].leaving(by: link)
        return Way(hops: hops, ending: ending, limits: limits, header: header, translations: translations)
    }

    /// The LANs that it crosses, each once, in order.
    var lans: [String] {
        hops.flatMap(\.link).flatMap { step -> [String] in
            switch step {
            case .lan(let name, _, _, _): [name]
            case .tunnel(let tunnel): tunnel.outer.lans
            case .veth, .bridge: []
            }
        }.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
    }
}

extension LANCrossing {
    /// What is seen of a packet at this place, where the sender has this address.
    func carriage(of sender: IPAddress) -> Carriage {
        Carriage(
            lan: lan, sender: source ?? sender, host: from.node.host, nic: from.name, vlan: vlan,
            layers: tunnels.map {
                .init(carrier: $0.carrier, source: $0.source, destination: $0.destination, vlan: $0.vlan)
            })
    }

    /// Whether one of the packets that it is in is of a tunnel of this type.
    func isInside(_ type: TunnelType) -> Bool { tunnels.contains { $0.carrier.type == type } }

    /// In what it is, in words: `without a tunnel`, or `in vxlan`.
    var words: String {
        tunnels.isEmpty ? "without a tunnel" : "in \(tunnels.map(\.carrier).words)"
    }
}
