import TopoDiagnostics
import TopoModel

/// Finds multicast groups that are not for private use (T0405), and hosts in more groups than their kernels join (T0406).
func findUnsuitableGroups(in network: Network, _ findings: inout Findings) {
    findGroupsOfOthers(in: network.topology, &findings)
    for host in network.topology.hosts {
        var memberships = GroupMemberships()
        for tunnel in host.tunnels {
            guard case .vxlan(_, .group(let group), let port) = tunnel.kind else { continue }
            guard memberships.isOneTooMany(group.value, on: tunnel.dev?.value, port: port?.value ?? Tunnel.vxlanPort)
            else {
                continue
            }
            findings.add(
                Diagnostic(
                    .tooManyGroups,
                    "\(host.name.value) would be in more than \(GroupMemberships.limit) multicast groups",
                    at: .init(group.span, "the \(GroupMemberships.limit + 1)st, of tunnel \"\(tunnel.name.value)\""),
                    notes: [
                        "VXLANs with the same UDP port share a socket, which can join \(GroupMemberships.limit) groups "
                            + "(net.ipv4.igmp_max_memberships): the next tunnel does not come up, \"No buffer space available\""
                    ],
                    help: [
                        "let VXLANs share a group: their VNIs keep them apart",
                        "or list the far ends in \"remotes\" instead of the group",
                    ]))
        }
    }
}

/// Finds groups that are not for private use, each once however many tunnels flood through it.
private func findGroupsOfOthers(in topology: Topology, _ findings: inout Findings) {
    var uses: [[GroupUse]] = []
    var numbers: [IPAddress: Int] = [:]
    for host in topology.hosts {
        for tunnel in host.tunnels {
            guard case .vxlan(let vni, .group(let group), _) = tunnel.kind else { continue }
            let use = GroupUse(
                title: "\(host.name.value)'s tunnel \"\(tunnel.name.value)\"", vni: vni.value, group: group)
            if let number = numbers[group.value] {
                uses[number].append(use)
            } else {
                numbers[group.value] = uses.count
                uses.append([use])
            }
        }
    }
    for all in uses {
        if let first = all.first, let scope = GroupScope(first.group.value) { findings.add(scope.diagnostic(on: all)) }
    }
}

/// A tunnel that floods through a group.
private struct GroupUse {
    let title: String
    let vni: UInt32
    let group: Located<IPAddress>
}

/// The IPv4 groups that a host's VXLAN sockets join; of IPv6 groups the kernel sets no limit.
private struct GroupMemberships {
    /// `net.ipv4.igmp_max_memberships`, as the kernel has it.
    static let limit = 20

    private struct Membership: Hashable {
        let group: IPAddress
        let dev: String?
        let port: UInt16
    }

    private var known: Set<Membership> = []
    private var counts: [UInt16: Int] = [:]

    /// Joins a group; true for the first that is over the limit on its port.
    mutating func isOneTooMany(_ group: IPAddress, on dev: String?, port: UInt16) -> Bool {
        guard group.family == .ipv4, known.insert(Membership(group: group, dev: dev, port: port)).inserted else {
            return false
        }
        counts[port, default: 0] += 1
        return counts[port] == Self.limit + 1
    }
}

/// What speaks against a group.
private enum GroupScope {
    /// 224.0.0.0/24: every system on a LAN listens to some of them (RFC 5771, 4).
    case localControl
    /// Assigned by IANA, or for the whole Internet.
    case global
    /// ff00::/16 and ff01::/16: it does not leave its interface (RFC 7346).
    case interfaceLocal

    /// What is wrong with a group; nil where nothing is.
    init?(_ group: IPAddress) {
        switch group {
        case .v4(let address):
            guard address.bits >> 24 != 239 else { return nil }
            self = address.bits >> 8 == 0xE000_00 ? .localControl : .global
        case .v6(let address):
            switch (address.bits >> 112) & 0xF {
            case 0, 1: self = .interfaceLocal
            case 0xE, 0xF: self = .global
            default: return nil
            }
        }
    }

    /// The message on a group, at the first of the tunnels that use it.
    func diagnostic(on uses: [GroupUse]) -> Diagnostic {
        let group = uses[0].group
        let help =
            switch group.value.family {
            case .ipv4:
                "use a group in 239.0.0.0/8, which is for private use (RFC 2365), for example \(privateGroup(for: uses[0].vni))"
            case .ipv6: "use a group in ff05::/16, which stays within the site (RFC 7346)"
            }
        return Diagnostic(
            .groupNotPrivate, "multicast group \(group.value) is \(title)",
            at: .init(group.span, "\(uses[0].title) floods through it"),
            and: uses.dropFirst().prefix(3).map { .init($0.group.span, "\($0.title) does, too") },
            notes: [consequence], help: [help], severity: severity)
    }

    private var title: String {
        switch self {
        case .localControl: "for routing protocols and the like"
        case .global: "not for private use"
        case .interfaceLocal: "one that never leaves its interface"
        }
    }

    private var consequence: String {
        switch self {
        case .localControl: "switches send it to every port, and other systems listen to it"
        case .global: "others may use it: their packets would arrive here, and yours there"
        case .interfaceLocal: "no other host would receive the broadcasts"
        }
    }

    private var severity: Diagnostic.Severity {
        switch self {
        case .localControl, .global: .warning
        case .interfaceLocal: .error
        }
    }

    /// A private group whose last octets are the network identifier's.
    private func privateGroup(for vni: UInt32) -> IPAddress {
        .v4(IPv4Address(bits: 0xEF01_0000 | (vni & 0xFFFF)))
    }
}
