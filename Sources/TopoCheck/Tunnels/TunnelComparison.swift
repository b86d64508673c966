import TopoDiagnostics
import TopoModel
import TopoNetwork

/// All tunnels of a topology, and which of them a message is about already.
struct TunnelComparison {
    /// Two tunnels, as indices, the lower first.
    struct Pair: Hashable {
        let one: Int
        let other: Int

        init(_ left: Int, _ right: Int) { (one, other) = (min(left, right), max(left, right)) }
    }

    let network: Network
    let underlay: Underlay
    /// The tunnels, in the order of the file.
    let tunnels: [OwnedTunnel]
    /// The indices of each host's tunnels.
    let byHost: [String: [Int]]
    /// Tunnels whose own end is wrong, and those that were found to fit, or not to fit, a far end.
    var settled: Set<Int> = []
    /// Tunnels whose own end is wrong: what would fit them is not known.
    var faulty: Set<Int> = []
    /// Tunnels of which their host has two.
    var doubled: Set<Int> = []
    /// Pairs that a message is about.
    var pairs: Set<Pair> = []
    var diagnostics: [Diagnostic] = []

    init(_ network: Network) {
        self.network = network
        let underlay = Underlay(of: network.topology)
        self.underlay = underlay
        tunnels = network.topology.hosts.flatMap { host in
            host.tunnels.map { tunnel in
                OwnedTunnel(host: host, tunnel: tunnel, addresses: underlay.addresses(of: tunnel, on: host))
            }
        }
        var byHost: [String: [Int]] = [:]
        for (number, tunnel) in tunnels.enumerated() { byHost[tunnel.owner, default: []].append(number) }
        self.byHost = byHost
    }

    /// Says which tunnels' own ends are no addresses of their hosts.
    mutating func compareLocals() {
        for (number, tunnel) in tunnels.enumerated() {
            guard let local = tunnel.tunnel.local, !tunnel.host.hasAddress(local.value), !faulty.contains(number) else {
                continue
            }
            faulty.insert(number)
            settled.insert(number)
            let owner = underlay.owner(of: local.value)
            let ownership = owner.map { "\(local.value) is \($0.host)'s address" } ?? "no host has \(local.value)"
            if let remote = tunnel.tunnel.farEnds.first(where: { $0.host == tunnel.owner }),
                let address = remote.address
            {
                diagnostics.append(
                    Diagnostic(
                        .tunnelEndsDiffer, "\"local\" and \"remote\" of \(tunnel.title) are swapped",
                        at: .init(local.span, ownership),
                        and: [.init(remote.span, "\(address) is \(tunnel.owner)'s own")],
                        notes: ["each end of a tunnel is written from its own host's side"],
                        help: ["write \"local: \(address)\" and \"remote: \(local.value)\" in \(tunnel.owner)"]))
                continue
            }
            let own = Underlay.places(of: tunnel.host).filter { $0.address.address.family == local.value.family }
            let example = own.first.map { ", for example \($0.address.address)" } ?? ""
            diagnostics.append(
                Diagnostic(
                    .tunnelEndsDiffer, "\"local\" of \(tunnel.title) is no address of \(tunnel.owner)",
                    at: .init(local.span, ownership),
                    notes: ["the host would send packets from an address to which no answer finds its way back"],
                    help: ["write an address of \(tunnel.owner)\(example), or leave \"local\" out: it is derived"]))
        }
    }

    /// Warns of far ends that no host of the topology has, where nothing else was said of the tunnel.
    mutating func addOutsideEnds() {
        for (number, tunnel) in tunnels.enumerated() where !settled.contains(number) {
            for end in tunnel.tunnel.farEnds where end.host == nil {
                diagnostics.append(
                    Diagnostic(
                        .tunnelEndsDiffer,
                        "the far end of \(tunnel.title), \(tunnel.written(end)), does not belong to any host",
                        at: .init(end.span, "outside the topology, or mistyped"),
                        notes: ["what is at that end cannot be checked"],
                        help: ["write the far host's name: its address is derived"], severity: .warning))
            }
        }
    }

    /// Adds the message that a tunnel's far host has no counterpart of it.
    mutating func addMissing(_ number: Int, _ end: TunnelEnd, counterpart: String, back: String) {
        settled.insert(number)
        let far = end.host ?? ""
        diagnostics.append(
            Diagnostic(
                .tunnelEndsDiffer, "\(tunnels[number].title) has one end only: \(far) has no \(counterpart)",
                at: .init(end.span, "leads to \(far)"),
                and: network.topology.hosts.filter { $0.name.value == far }.map {
                    .init($0.name.span, "needs the other end")
                },
                notes: ["\(far) drops what comes through it, since nothing there takes it"],
                help: ["give \(far) the other end: {\(back)}, as a port of a bridge"]))
    }

    /// Adds the message that two tunnels do not fit, at the one that is later in the file.
    mutating func addDifference(
        _ one: (number: Int, span: Span, text: String), _ other: (number: Int, span: Span, text: String), note: String,
        help: String
    ) {
        settled.formUnion([one.number, other.number])
        guard pairs.insert(Pair(one.number, other.number)).inserted else { return }
        let (first, second) = one.span < other.span ? (one, other) : (other, one)
        func words(_ end: (number: Int, span: Span, text: String)) -> String {
            "\(tunnels[end.number].title) \(end.text)"
        }
        diagnostics.append(
            Diagnostic(
                .tunnelEndsDiffer, "tunnel ends differ: \(words(first)), \(words(second))",
                at: .init(second.span, "\(tunnels[second.number].owner)'s end \(second.text)"),
                and: [.init(first.span, "\(tunnels[first.number].owner)'s end \(first.text)")], notes: [note],
                help: [help]))
    }
}

extension Host {
    /// Whether one of its interfaces, its ends of point-to-point links among them, has an address.
    fileprivate func hasAddress(_ address: IPAddress) -> Bool {
        if Underlay.places(of: self).contains(where: { $0.address.address == address }) { return true }
        return containers.flatMap(\.interfaces).contains { interface in
            switch interface.attachment {
            case .bridge: false
            case .pointToPoint(let links): links.contains { $0.host.value.address == address }
            }
        }
    }
}
