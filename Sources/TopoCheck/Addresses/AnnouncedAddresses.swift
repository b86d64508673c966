import TopoDiagnostics
import TopoModel
import TopoNetwork

/// Finds announcements by which nobody gets an answer, or that nobody asks for: T0320; and announced addresses that somebody else has
/// on the segment where they are announced: T0303.
func findUnsuitableAnnouncements(in network: Network, mustForward: Set<Int>, _ findings: inout Findings) {
    struct Place: Hashable {
        let address: IPAddress
        let segment: Int
    }
    var known: [Place: Announcements.Announcement] = [:]
    for announcement in network.announcements.all {
        let words = AnnouncementWords(network: network, announcement: announcement)
        guard let segment = announcement.segment, let host = network.node(host: announcement.host, container: nil)
        else { continue }
        if let bridge = words.bridge {
            findings.add(words.port(of: bridge))
            continue
        }
        if !network.nodes[host].forwards {
            if !mustForward.contains(host) { findings.add(words.withoutForwarding) }
            continue
        }
        let place = Place(address: announcement.address.value.address, segment: segment)
        if let other = network.index(of: place.address, on: segment) {
            findings.add(words.duplicate(of: network.addresses[other]))
        } else if let gateway = network.segments.all[segment].gateways.first(where: { $0.address == place.address }) {
            findings.add(words.gateway(ofLAN: gateway.lan))
        } else if let first = known[place] {
            findings.add(words.twice(first))
        } else {
            known[place] = announcement
            if network.topology.isComplete, !network.segments.all[segment].looksFor(place.address) {
                findings.add(words.unsought)
            }
        }
    }
}

/// The messages on one announcement.
private struct AnnouncementWords {
    let network: Network
    let announcement: Announcements.Announcement

    private var host: String { announcement.host }
    private var device: String { announcement.device.value }
    private var address: IPAddress { announcement.address.value.address }
    private var container: String {
        network.names.plain(host: host, container: announcement.interface.container ?? "")
    }

    /// The bridge that the interface is a port of; nil for none.
    var bridge: String? {
        network.node(host: host, container: nil).flatMap { node in
            network.nodes[node].host.bridges.first { $0.ports.contains { $0.value == device } }?.name.value
        }
    }

    func port(of bridge: String) -> Diagnostic {
        Diagnostic(
            .cannotAnnounce,
            "\(host) cannot answer for \"\(address)\" on \"\(device)\", a port of bridge \"\(bridge)\"",
            at: .init(announcement.device.span, "\"\(device)\" has no addresses of its own"),
            notes: ["what comes in by a port is the bridge's: the host asks and answers there"],
            help: ["write announce: \(bridge)"])
    }

    var withoutForwarding: Diagnostic {
        let written = network.node(host: host, container: nil).flatMap { network.nodes[$0].host.forwarding }
        return Diagnostic(
            .cannotAnnounce, "\(host) announces \"\(address)\" on \"\(device)\", and does not forward",
            at: .init(announcement.device.span, "\(host) would answer for \"\(container)\" here"),
            and: written.map { [.init($0.span, "it does not forward")] } ?? [],
            notes: ["the kernel answers for an address of others only where it forwards packets to it"],
            help: ["write \"forwarding: true\" for \"\(host)\", or leave announce: out"])
    }

    /// The warning that nobody on the segment has a subnet that holds the address.
    var unsought: Diagnostic {
        Diagnostic(
            .cannotAnnounce, "nobody on the segment of \(host)'s \"\(device)\" looks for \"\(address)\" there",
            at: .init(announcement.address.span, "\"\(container)\" has it"),
            and: [.init(announcement.device.span, "announced here")],
            notes: ["no subnet on the segment contains it: neighbours send packets for it to their routers"],
            help: [
                "leave announce: out and give the others a route to \(announcement.address.value.prefix) by \(host), "
                    + "unless a router outside the topology asks for it"
            ], severity: .warning)
    }

    func duplicate(of other: Network.AssignedAddress) -> Diagnostic {
        twice(.init(other.span, "\(network.interface(of: other)) has it there"))
    }

    func gateway(ofLAN lan: String) -> Diagnostic {
        let places = network.topology.lans.first { $0.name.value == lan }?.gateways ?? []
        let place = places.first { $0.value == address }
        return twice(place.map { .init($0.span, "it is LAN \"\(lan)\"'s gateway") })
    }

    func twice(_ other: Announcements.Announcement) -> Diagnostic {
        twice(.init(other.device.span, "\(other.host) announces it there, too"))
    }

    private func twice(_ other: Diagnostic.Label?) -> Diagnostic {
        Diagnostic(
            .duplicateAddress, "duplicate address: \"\(address)\" is announced where somebody else answers for it",
            at: .init(announcement.device.span, "\(host) answers for \"\(container)\"'s \(address) here"),
            and: other.map { [$0] } ?? [],
            notes: ["both would answer for it, and packets go to whichever answered last"],
            help: ["give \"\(container)\" an address of its own"])
    }
}
