import TopoDiagnostics
import TopoModel
import TopoNetwork

/// Finds point-to-point links whose prefix length (T0305) or ends (T0306) are wrong, and advises on those whose subnet has
/// room for more than the two ends (T0305, a warning).
func findWrongPointToPointLinks(in network: Network, _ findings: inout Findings) {
    var free = FreeSubnets(network)
    for host in network.topology.hosts {
        for container in host.containers {
            for interface in container.interfaces {
                guard case .pointToPoint(let links) = interface.attachment else { continue }
                let name = InterfaceName(
                    host: host.name.value, container: container.name.value, interface: interface.name.value)
                let near = network.addresses(of: name)
                let far = network.addresses(of: .pointToPointHost(of: name))
                for (link, ends) in zip(links, zip(near, far)) {
                    let title = network.names.plain(host: host.name.value, container: container.name.value)
                    let checked = CheckedLink(link: link, host: host.name.value, container: title)
                    let fault =
                        link.isRouted ? checked.sameEnds() : checked.singleAddress(&free) ?? checked.wrongEnds()
                    if let found = fault {
                        findings.add(found, about: [ends.0, ends.1])
                    } else if !link.isRouted, let advice = checked.wideSubnet(&free) {
                        findings.add(advice)
                    }
                }
            }
        }
    }
}

/// A link with what messages call its ends.
private struct CheckedLink {
    let link: PointToPointLink
    let host: String
    let container: String

    private var near: InterfaceAddress { link.container.value }
    private var far: InterfaceAddress { link.host.value }
    /// Whether it is written as one subnet.
    private var isShort: Bool { link.host.span == link.container.span }

    private func isLinkLength(_ address: InterfaceAddress) -> Bool {
        switch address.address.family {
        case .ipv4: address.length == 30 || address.length == 31
        case .ipv6: address.length == 126 || address.length == 127 || address.length == 64
        }
    }

    /// T0305, where an end has a prefix of its own address alone: the kernel makes no route to the other.
    func singleAddress(_ free: inout FreeSubnets) -> Diagnostic? {
        wrongLength(&free, severity: .error) { $0.length == $0.address.family.width }
    }

    /// T0305 as a warning, where an end's subnet has room for others: it works as long as nobody else is sought there.
    func wideSubnet(_ free: inout FreeSubnets) -> Diagnostic? {
        wrongLength(&free, severity: .warning) { !isLinkLength($0) }
    }

    private func wrongLength(
        _ free: inout FreeSubnets, severity: Diagnostic.Severity, where isWrong: (InterfaceAddress) -> Bool
    ) -> Diagnostic? {
        let wrong = [link.host, link.container].filter { isWrong($0.value) }
        guard let first = wrong.first else { return nil }
        let family = first.value.address.family
        let allowed = family == .ipv4 ? "/30 or /31" : "/126, /127 or /64"
        var secondary: [Diagnostic.Label] = []
        if !isShort, let other = wrong.dropFirst().first { secondary.append(.init(other.span, "and this end as well")) }
        let length = family == .ipv4 ? 30 : 126
        let fitting = [link.host, link.container].map { Prefix(containing: $0.value.address, length: length) }
        var help = "write /\(length) at both ends"
        if isShort {
            help = "write \(fitting[0])"
        } else if fitting[0] != fitting[1], let subnet = free.take(like: fitting[0]) {
            let ends = Self.ends(of: subnet)
            help = "write {host: \(ends.host)/\(length), container: \(ends.container)/\(length)}"
        }
        return Diagnostic(
            .pointToPointPrefix, "a point-to-point link is \(allowed), not /\(first.value.length)",
            at: .init(first.span, "the link between \(host) and \"\(container)\""), and: secondary,
            notes: [consequence(of: first.value)], help: [help], severity: severity)
    }

    private func consequence(of address: InterfaceAddress) -> String {
        guard address.length < address.address.family.width else {
            return "a /\(address.length) contains only this address: there would be no route to the other end"
        }
        return
            "\(host) and \"\(container)\" look for all of \(address.prefix) on the link: nobody else can be in it"
    }

    /// T0306, where a container's single address is the one that the host's end has.
    func sameEnds() -> Diagnostic? {
        guard near.address == far.address else { return nil }
        return Diagnostic(
            .pointToPointEndsDiffer, "both ends of the link to \"\(container)\" are \(far.address)",
            at: .init(link.container.span, "\"\(container)\"'s end"),
            notes: ["\(host)'s end of a link to a single address has it already"],
            help: ["write another address, by which others reach \"\(container)\""])
    }

    /// T0306, where the ends are not two addresses of one subnet.
    func wrongEnds() -> Diagnostic? {
        guard near.prefix != far.prefix || near.address == far.address else { return nil }
        let message: String
        let note: String
        if near.address == far.address {
            message = "both ends of the link to \"\(container)\" are \(far.address)"
            note = "each end would take the other's packets for its own"
        } else if near.address.family != far.address.family {
            message = "the ends of the link to \"\(container)\" are of different families: \(far) and \(near)"
            note = "an IPv4 address cannot be a neighbour of an IPv6 one"
        } else {
            message =
                "the ends of the link to \"\(container)\" are in different subnets: \(far.prefix) and \(near.prefix)"
            note = near.length == far.length ? holds(far.prefix) : "each end would see other neighbours on the link"
        }
        return Diagnostic(
            .pointToPointEndsDiffer, message, at: .init(link.container.span, "\"\(container)\"'s end"),
            and: isShort ? [] : [.init(link.host.span, "\(host)'s end")], notes: [note], help: [help()])
    }

    private func holds(_ prefix: Prefix) -> String {
        guard prefix.length == 30 || prefix.length == 126 else { return "each end would look for the other elsewhere" }
        let ends = Self.ends(of: prefix)
        return "\(prefix) contains \(ends.host) and \(ends.container): \(host) would look for \(near.address) elsewhere"
    }

    /// The container's address that goes with the host's, or a pair where the host's is no usable one either.
    private func help() -> String {
        let prefix = far.prefix
        let ends = Self.ends(of: prefix)
        if far.address == ends.host { return "write container: \(ends.container)/\(prefix.length)" }
        if far.address == ends.container { return "write container: \(ends.host)/\(prefix.length)" }
        return "write {host: \(ends.host)/\(prefix.length), container: \(ends.container)/\(prefix.length)}"
    }

    /// The first two addresses of a subnet that interfaces may have.
    private static func ends(of prefix: Prefix) -> (host: IPAddress, container: IPAddress) {
        let first: UInt128 = prefix.length == prefix.family.width - 1 ? 0 : 1
        return (
            IPAddress(prefix.family, bits: prefix.network.bits + first),
            IPAddress(prefix.family, bits: prefix.network.bits + first + 1)
        )
    }
}
