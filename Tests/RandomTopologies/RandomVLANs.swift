import RandomNumbers

/// VLANs on one trunk: in bridges that tell them apart, in bridges of one VLAN each, on NICs, and into containers.
extension RandomTopology {
    /// What is drawn for all hosts of a trunk.
    private struct Trunk {
        let ids: [Int]
        /// Whether two VLANs have one subnet.
        let isShared: Bool
        /// The VLAN whose frames have no tag on the trunk.
        let native: Int?
        /// The host that routes between the VLANs.
        let router: Int?

        /// The number of a VLAN's subnet.
        func subnet(_ id: Int) -> Int { isShared ? 0 : id / 10 }
    }

    mutating func addVLANs() {
        draft.lans.append(.init("trunk", draws("trunk with an MTU", 15) ? [.init("mtu", "1400")] : []))
        members.append([])
        let hosts = draft.hosts.indices.shuffled(using: &dice).prefix(dice.number(2...3)).sorted()
        let ids = Array([10, 20, 30].prefix(dice.number(2...3)))
        let isShared = draws("two VLANs with one subnet", 20)
        let routers = hosts.filter { draft.hosts[$0].forwards }
        let router = !isShared && draws("router of VLANs", 50) ? dice.choice(routers) : nil
        let onNIC = hosts.filter { $0 != router && draws("VLAN interfaces of a NIC", 30) }
        let native = onNIC.isEmpty && draws("native VLAN", 30) ? dice.choice(ids) : nil
        let trunk = Trunk(ids: ids, isShared: isShared, native: native, router: router)
        for host in hosts {
            draft.hosts[host].nics.append(.init("trk", [.init("lan", "trunk")]))
            if onNIC.contains(host) { addInterfaces(to: host, trunk) } else { addFiltering(to: host, trunk) }
        }
        guard let router else { return }
        for id in ids {
            let subnet = trunk.subnet(id)
            route("10.\(220 + subnet).0.0/24", "fd00:220:\(subnet)::/64", to: router)
        }
    }

    private func vlanAddresses(_ id: Int, _ last: Int, _ trunk: Trunk) -> Draft.Setting {
        let subnet = trunk.subnet(id)
        return .init("addresses", list: addresses("10.\(220 + subnet).0.\(last)/24", "fd00:220:\(subnet)::\(last)/64"))
    }

    /// A VLAN interface for each, which is a port of a bridge or has addresses.
    private mutating func addInterfaces(to host: Int, _ trunk: Trunk) {
        for (number, id) in trunk.ids.enumerated() {
            let last = 20 * host + number + 1
            guard trunk.isShared || draws("VLAN interface as a port", 50) else {
                draft.hosts[host].vlans.append(
                    .init("trk.\(id)", [.init("link", "trk"), vlanAddresses(id, last, trunk)]))
                continue
            }
            draft.hosts[host].vlans.append(.init("trk.\(id)", [.init("link", "trk")]))
            draft.hosts[host].bridges.append(.init("vb\(id)", [.init("ports", list: ["trk.\(id)"])]))
            draft.hosts[host].containers.append(
                .init("v\(host)x\(id)", [.init("bridge", "vb\(id)"), vlanAddresses(id, last, trunk)]))
        }
    }

    /// A bridge that tells VLANs apart, with containers in each.
    private mutating func addFiltering(to host: Int, _ trunk: Trunk) {
        let tagged = trunk.ids.filter { $0 != trunk.native }.map(String.init).joined(separator: ", ")
        let native = trunk.native.map { "vlan: \($0), " } ?? ""
        draft.hosts[host].bridges.append(
            .init(
                "vb",
                [
                    .init("vlan-filtering", "true"),
                    .init("ports", mapping: ["trk: {\(native)tagged: [\(tagged)]}"]),
                ]))
        for (number, id) in trunk.ids.enumerated() {
            for index in 0..<dice.number(1...2) {
                let last = 20 * host + 5 * number + index + 1
                draft.hosts[host].containers.append(
                    .init(
                        "v\(host)x\(id)x\(index)",
                        [.init("bridge", "vb"), .init("vlan", "\(id)"), vlanAddresses(id, last, trunk)]))
            }
            guard host == trunk.router else { continue }
            draft.hosts[host].vlans.append(
                .init("vb.\(id)", [.init("link", "vb"), vlanAddresses(id, 254, trunk)]))
        }
        guard !trunk.isShared, draws("trunk into a container", 25) else { return }
        let inner = trunk.ids.enumerated().map { number, id in
            "eth0.\(id): {link: eth0, \(vlanAddresses(id, 20 * host + 5 * number + 4, trunk).text)}"
        }
        draft.hosts[host].containers.append(
            .init(
                "t\(host)",
                [
                    .init("gateway", "none"),
                    .init(
                        "interfaces",
                        mapping: ["eth0: {bridge: vb, tagged: [\(trunk.ids.map(String.init).joined(separator: ", "))]}"]
                    ),
                    .init("vlans", mapping: inner),
                ]))
    }
}

/// The slips that people make with VLANs.
extension Draft {
    mutating func slipOfVLANs(_ dice: inout Dice) -> String? {
        let filtering = hosts.indices.filter { host in hosts[host].bridges.contains { $0.name == "vb" } }
        guard let host = dice.choice(filtering), let bridge = hosts[host].bridges.firstIndex(where: { $0.name == "vb" })
        else { return nil }
        let members = hosts[host].containers.indices.filter { !hosts[host].containers[$0]["vlan"].isEmpty }
        switch dice.number(0...5) {
        case 0:
            let port = hosts[host].bridges[bridge]["ports"].first ?? ""
            hosts[host].bridges[bridge]["ports"] = [port.replacing("[10, ", with: "[").replacing(", 20", with: "")]
            return "a trunk passes one VLAN less"
        case 1:
            guard let container = dice.choice(members) else { return nil }
            hosts[host].containers[container]["vlan"] = [dice.choice(["10", "20", "40"]) ?? "40"]
            return "a container is in the wrong VLAN"
        case 2:
            hosts[host].bridges[bridge]["vlan-filtering"] = ["false"]
            return "a bridge does not tell VLANs apart"
        case 3:
            guard let container = dice.choice(members) else { return nil }
            hosts[host].containers[container]["vlan"] = []
            return "a container is in no VLAN"
        case 4:
            let port = hosts[host].bridges[bridge]["ports"].first ?? ""
            hosts[host].bridges[bridge]["ports"] = [port.replacing("trk: {tagged", with: "trk: {vlan: 99, tagged")]
            return "a trunk has a native VLAN at one end"
        default:
            guard let place = dice.choice(hosts.indices.filter { !hosts[$0].vlans.isEmpty }),
                let vlan = hosts[place].vlans.indices.randomElement(using: &dice)
            else { return nil }
            hosts[place].vlans[vlan].settings.append(.init("id", "11"))
            return "a VLAN interface has another identifier"
        }
    }
}
