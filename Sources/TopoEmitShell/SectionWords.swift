internal import TopoModel
internal import TopoPlan
internal import TopoText

/// What the sections of a script are called, and what their comments say: what each part is for, and what was derived.
struct SectionWords {
    let host: HostPlan

    /// A section's title.
    func title(of subject: Subject, _ objects: [PlannedObject]) -> String {
        switch subject {
        case .forwarding: return "forwarding"
        case .loopback: return "loopback interface"
        case .nic(let name):
            let lan = objects.lazy.compactMap { planned -> String? in
                if case .nic(let nic) = planned.object { nic.lan } else { nil }
            }.first
            return "NIC \(name)" + (lan.map { ", on LAN \"\($0)\"" } ?? "")
        case .tunnel(let name): return "tunnel \(name)"
        case .bridge(let name): return "bridge \(name)"
        case .vlan(let name): return "VLAN interface \(name)"
        case .container(let name): return "container \(name)"
        case .routes: return "routes"
        case .nat: return "addresses of forwarded packets (NAT)"
        }
    }

    /// A section's comments, a line each.
    func comments(on subject: Subject, _ objects: [PlannedObject]) -> [String] {
        objects.flatMap { comments(on: $0) }
    }

    private func comments(on planned: PlannedObject) -> [String] {
        switch planned.object {
        case .forwarding(let forwarding):
            guard planned.namespace == .host else { return [] }
            return [
                forwarding.isEnabled
                    ? "\(host.name) is a router: it passes on packets that are for others."
                    : "\(host.name) is no router: it drops packets that are for others."
            ]
        case .nic(let nic):
            return nic.bridge.map { ["A port of bridge \($0), and so without an address of its own."] } ?? []
        case .tunnel(let tunnel): return comments(on: tunnel)
        case .bridge(let bridge): return comments(on: bridge)
        case .vlan(let vlan):
            return ["VLAN \(vlan.id) of \(vlan.link): what it sends has that tag there."]
                + (vlan.mtu.value == 1500 ? [] : [mtuComment(vlan.mtu)])
        case .container(let container):
            return container.description.map { $0.parts(at: "\n").filter { !$0.isEmpty } } ?? []
        case .veth(let veth):
            let mtu = veth.mtu.value == 1500 ? [] : [mtuComment(veth.mtu)]
            guard veth.bridge == nil else { return mtu }
            let ends = ends(of: veth)
            return [
                "\(veth.interface) is a link to this host alone, without a bridge: \(ends.host) here, \(ends.container) there."
            ] + mtu
        case .route(let route):
            return route.routers.flatMap { router -> [String] in
                guard case .derived(let reason) = router.source else { return [] }
                let isGateway = planned.namespace != .host && route.routers.count == 1
                return ["\(isGateway ? "Its gateway " : "")\(router.value) is \(reason)."]
            }
        case .nat: return ["In a table of its own, which is added and deleted as a whole."]
        case .announcement(let found): return ["\(host.name) answers for \(found.address) on \(found.interface)."]
        case .port, .address: return []
        }
    }

    private func comments(on tunnel: PlannedTunnel) -> [String] {
        switch tunnel.kind {
        case .gretap(let remote, _):
            return ["Ethernet frames in GRE, to \(remote.value)\(known(remote))."] + [mtuComment(tunnel.mtu)]
        case .vxlan(let vni, .group(let group), _):
            return [
                "VXLAN \(vni): Ethernet frames in UDP; broadcasts and unknown addresses go to the group \(group).",
                mtuComment(tunnel.mtu),
            ]
        case .vxlan(let vni, .remotes, _):
            return [
                "VXLAN \(vni): Ethernet frames in UDP; broadcasts and unknown addresses go to each peer.",
                mtuComment(tunnel.mtu),
            ]
        }
    }

    private func known(_ remote: Setting<IPAddress>) -> String {
        switch remote.source {
        case .written: ""
        case .derived(let reason): ", \(reason)"
        }
    }

    private func comments(on bridge: PlannedBridge) -> [String] {
        let members = host.veths(on: bridge.name).map(\.container)
        let addresses = host.addresses(of: bridge.name, in: .host).map { "\($0.address)" }
        var comments: [String] = []
        if !members.isEmpty { comments.append("Joins \(list(members + bridge.ports)).") }
        if !addresses.isEmpty { comments.append("\(host.name) itself is on it as \(list(addresses)).") }
        if bridge.filtersVLANs {
            comments.append("It tells VLANs apart: a port passes only frames of its own ones.")
        }
        if bridge.mtu.value != 1500 { comments.append(mtuComment(bridge.mtu)) }
        return comments
    }

    private func ends(of veth: PlannedVeth) -> (host: String, container: String) {
        func words(_ addresses: [InterfaceAddress]) -> String { list(addresses.map { "\($0.address)" }) }
        return (
            words(host.addresses(of: veth.hostInterface, in: .host)),
            words(host.addresses(of: veth.interface, in: .container(veth.container)))
        )
    }

    private func mtuComment(_ mtu: Setting<Int>) -> String {
        switch mtu.source {
        case .written: "MTU \(mtu.value), as the topology says."
        case .derived(let reason): "MTU \(mtu.value): \(reason)."
        }
    }

    /// `a`, `a and b`, `a, b and c`.
    private func list(_ words: [String]) -> String {
        guard let last = words.last, words.count > 1 else { return words.first ?? "none" }
        return words.dropLast().joined(separator: ", ") + " and " + last
    }
}
