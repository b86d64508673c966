internal import TopoModel
internal import TopoNetwork
internal import TopoPlan
internal import TopoText

/// Says in words what is on a host, for its part of the runbook.
struct RunbookHost {
    private let host: HostPlan
    private let topology: String
    /// The bridges in whose place a NIC has macvlan interfaces, by NIC.
    private let replaced: [String: String]

    init(_ host: HostPlan, of plan: Plan) {
        self.host = host
        topology = plan.name
        replaced = Dictionary(
            host.bridges.compactMap { bridge in bridge.macvlanParent.map { ($0, bridge.name) } },
            uniquingKeysWith: { first, _ in first })
    }

    /// What the host does to the addresses of packets that it forwards.
    private var nat: [Runbook.Interface] {
        guard let nat = host.nat else { return [] }
        let ports = nat.ports.map { port in
            let transport = port.transport.rawValue.uppercased()
            return Runbook.Interface(
                name: Markdown.code(port.in),
                facts: "\(transport) port \(port.port) of \(port.own.map { "\($0)" }.joined(separator: ", ")) is "
                    + "\(port.target)'s port \(port.targetPort)")
        }
        let rules = nat.rules.map { rule in
            let from = rule.from.map { "\($0)" }.joined(separator: ", ")
            let except = rule.except.map { "\($0)" }.joined(separator: ", ")
            return Runbook.Interface(
                name: Markdown.code(rule.out),
                facts: "what is forwarded" + (from.isEmpty ? "" : " from \(from)") + " leaves with "
                    + (rule.address.map { "the source \($0)" }
                        ?? "the interface's own \(rule.family.title) address")
                    + (except.isEmpty ? "" : ", but not to \(except)"))
        }
        return ports + rules
    }

    /// The folder with its scripts on the host.
    private var folder: String { shellWord("topoc-\(topology)") }

    /// What copies the host's scripts to it; scp(1) takes an IPv6 address in brackets.
    private var copy: String {
        let access = host.access
        let address = access.host.utf8.contains(UInt8(ascii: ":")) ? "[\(access.host)]" : access.host
        let port = access.port.map { " -P \($0)" } ?? ""
        return "scp\(port) -r \(shellWord(host.name))/. \(shellWord("\(access.user ?? "root")@\(address)")):\(folder)"
    }

    /// What runs a script of theirs on the host, as root, up to the slash before the script's name. sudo(8) may ask for a password,
    /// on a terminal.
    private var run: String {
        let access = host.access
        let isRoot = access.user.map { $0.isSame(as: "root") } ?? true
        let port = access.port.map { " -p \($0)" } ?? ""
        return "ssh\(isRoot ? "" : " -t")\(port) \(shellWord("\(access.user ?? "root")@\(access.host)")) "
            + "\(isRoot ? "" : "sudo ")sh \(folder)"
    }

    /// The host's part of the runbook.
    var part: Runbook.Host {
        let own = addresses(of: InterfaceName.loopback, in: .host)
        var nics: [Runbook.Interface] =
            own.isEmpty
            ? [] : [.init(name: Markdown.code(InterfaceName.loopback), facts: own.joined(separator: ", "))]
        var bridges: [Runbook.Interface] = []
        var tunnels: [Runbook.Interface] = []
        var vlans: [Runbook.Interface] = []
        var containers: [Runbook.Container] = []
        for planned in host.objects {
            switch planned.object {
            case .nic(let nic): nics.append(.init(name: Markdown.code(nic.name), facts: facts(of: nic)))
            case .bridge(let bridge): bridges.append(.init(name: Markdown.code(bridge.name), facts: facts(of: bridge)))
            case .tunnel(let tunnel): tunnels.append(.init(name: Markdown.code(tunnel.name), facts: facts(of: tunnel)))
            case .container(let container):
                containers.append(.init(name: Markdown.code(container.name), facts: facts(of: container)))
            case .vlan(let vlan) where planned.namespace == .host:
                vlans.append(.init(name: Markdown.code(vlan.name), facts: facts(of: vlan)))
            case .forwarding, .vlan, .port, .veth, .address, .route, .announcement, .nat: break
            }
        }
        return Runbook.Host(
            name: Markdown.text(host.name), descriptions: [host.description].compactMap { $0.map(Markdown.text) },
            copy: copy, run: run, nics: nics, bridges: bridges, tunnels: tunnels, vlans: vlans, nat: nat,
            containers: containers)
    }

    private func facts(of nic: PlannedNIC) -> String {
        var facts: [String] = []
        if let lan = nic.lan { facts.append("plugged to LAN \(Markdown.code(lan))") }
        if let bridge = replaced[nic.name] {
            facts.append("with macvlan interfaces in place of bridge \(Markdown.code(bridge))")
        } else if let bridge = nic.bridge {
            facts.append("port of bridge \(Markdown.code(bridge))")
        }
        return (facts + addresses(of: nic.name, in: .host)).joined(separator: ", ")
    }

    private func facts(of bridge: PlannedBridge) -> String {
        if let parent = bridge.macvlanParent {
            let moved = addresses(of: bridge.name, in: .host)
            let facts = ["not made: containers are macvlan interfaces of \(Markdown.code(parent))"]
            return (facts + moved.map { "\($0) on \(Markdown.code(parent))" }).joined(separator: ", ")
        }
        let maker: String =
            switch bridge.manager {
            case .topoc: "made by `up.sh`"
            case .lxd: "an LXD network"
            case .existing: "must be there before"
            }
        var facts = [maker]
        if bridge.filtersVLANs { facts.append("tells VLANs apart") }
        if let own = bridge.ownUntagged.words { facts.append("the host itself \(own)") }
        if !bridge.ports.isEmpty {
            let ports = bridge.ports.map { port in
                Markdown.code(port) + (host.portVLANs(of: port).words.map { " (\($0))" } ?? "")
            }
            facts.append("ports " + ports.joined(separator: bridge.filtersVLANs ? ", " : " "))
        }
        return (facts + addresses(of: bridge.name, in: .host)).joined(separator: ", ")
    }

    private func facts(of vlan: PlannedVLAN) -> String {
        var facts = ["VLAN \(vlan.id) of \(Markdown.code(vlan.link))"]
        if let bridge = vlan.bridge { facts.append("port of bridge \(Markdown.code(bridge))") }
        return (facts + addresses(of: vlan.name, in: .host)).joined(separator: ", ")
    }

    private func facts(of tunnel: PlannedTunnel) -> String {
        var facts: [String]
        switch tunnel.kind {
        case .gretap(let remote, let key):
            facts = ["Ethernet over GRE to \(remote.value)"] + (key.map { ["key \($0)"] } ?? [])
        case .vxlan(let vni, .group(let group), let port):
            facts = ["VXLAN \(vni), flooding through \(group), UDP port \(port)"]
        case .vxlan(let vni, .remotes(let remotes), let port):
            facts = ["VXLAN \(vni) to \(remotes.map(\.value.description).joined(separator: " ")), UDP port \(port)"]
        }
        if let local = tunnel.local { facts.append("from \(local.value)") }
        if let bridge = tunnel.bridge { facts.append("port of bridge \(Markdown.code(bridge))") }
        return (facts + addresses(of: tunnel.name, in: .host)).joined(separator: ", ")
    }

    private func facts(of container: PlannedContainer) -> String {
        let own = addresses(of: InterfaceName.loopback, in: .container(container.name))
        let loopback =
            own.isEmpty ? [] : ["\(Markdown.code(InterfaceName.loopback)) \(own.joined(separator: " "))"]
        let announcements = host.announcements(of: container.name)
        let interfaces = host.veths(of: container.name).map { veth -> String in
            let inside = addresses(of: veth.interface, in: .container(container.name)).joined(separator: " ")
            if let network = container.network {
                return "\(Markdown.code(veth.interface)) \(inside), \(way(to: network))"
            }
            let outside = Markdown.code(veth.hostInterface)
            let end =
                veth.bridge.map { bridge in
                    "\(outside) in bridge \(Markdown.code(bridge))" + (veth.vlans.words.map { " (\($0))" } ?? "")
                }
                ?? "\(outside) with \(addresses(of: veth.hostInterface, in: .host).joined(separator: " "))"
            let announced = announcements.filter { found in
                host.addresses(of: veth.interface, in: .container(container.name)).contains {
                    $0.address == found.address
                }
            }.map { ", answered for on \(Markdown.code($0.interface)): \($0.address)" }
            return "\(Markdown.code(veth.interface)) \(inside), in the host \(end)" + announced.joined()
        }
        let vlans = host.vlans(of: .container(container.name)).map { vlan in
            let own = addresses(of: vlan.name, in: .container(container.name))
            return ([Markdown.code(vlan.name)] + own).joined(separator: " ")
                + ", VLAN \(vlan.id) of \(Markdown.code(vlan.link))"
        }
        return (loopback + interfaces + vlans).joined(separator: "; ")
    }

    /// How Docker joins a container, which is not as `up.sh` would.
    private func way(to network: PlannedDockerNetwork) -> String {
        switch network.driver {
        case .bridge(let bridge):
            "in bridge \(Markdown.code(bridge)) by Docker's network of that name, under a name in the host that Docker chooses"
        case .macvlan(let parent):
            "a macvlan interface of \(Markdown.code(parent)), by Docker's network \(Markdown.code(network.name))"
        }
    }

    private func addresses(of interface: String, in namespace: Namespace) -> [String] {
        host.addresses(of: interface, in: namespace).map(\.description)
    }
}

extension HostPlan {
    /// How SSH gets to it: where the file does not say, by its name.
    fileprivate var access: PlannedSSH { ssh ?? PlannedSSH(host: name, user: nil, port: nil) }
}
