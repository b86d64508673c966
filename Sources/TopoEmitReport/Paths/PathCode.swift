internal import TopoForwarding
internal import TopoJSON
internal import TopoModel
internal import TopoPlan
internal import TopoText

/// Writes paths for the page's script, which tells them for any two containers of the classes that they were walked for:
/// what is the sender's or the answerer's own is a number in place of a name.
struct PathCode {
    /// What the numbers stand for; of the answerer 10 more.
    private enum Own: Int {
        case node = 0
        case interface = 1
        case veth = 2
        case address = 3
        case hostEnd = 4
        case subnet = 5
    }

    private let source: ContainerClasses.Member
    private let target: ContainerClasses.Member
    private let language: ReportWords

    init(source: ContainerClasses.Member, target: ContainerClasses.Member, _ words: ReportWords) {
        (self.source, self.target, language) = (source, target, words)
    }

    /// The path: how it ends, its largest packet, the request's hops, the answer's routers.
    func json(_ path: Path) -> JSON {
        .members([
            "ok": .boolean(path.reaches), "words": words(language.loss(path)),
            "mtu": path.mtu.map { .number($0.size) } ?? .nothing, "hops": .array(path.there.hops.map(hop)),
            "back": path.back.map { .array($0.routers.map(node)) } ?? .nothing,
        ])
    }

    private func hop(_ hop: Hop) -> JSON {
        .array([
            node(hop.node), hop.inInterface.map { interface($0, on: hop.node) } ?? .nothing,
            hop.outInterface.map { interface($0, on: hop.node) } ?? .nothing, hop.nextHop.map(address) ?? .nothing,
            hop.route.map(subnet) ?? .nothing, hop.mtu.map(JSON.number) ?? .nothing, .number(hop.ttl),
            .array(hop.link.map(step)),
        ])
    }

    private func step(_ step: LinkStep) -> JSON {
        switch step {
        case .veth(let vlan, let from, let to):
            return .array([.string("v")] + end(from) + end(to) + (vlan.map { [.number($0)] } ?? []))
        case .bridge(let bridge, let vlan, let from, let to):
            return .array(
                [.string("b")] + end(bridge) + [
                    from.map { interface($0, on: bridge.node) } ?? .nothing,
                    to.map { interface($0, on: bridge.node) } ?? .nothing,
                ] + (vlan.map { [.number($0)] } ?? []))
        case .lan(let name, let vlan, let from, let to):
            return .array(
                [.string("l")] + end(from) + end(to) + [.string(name)] + (vlan.map { [.number($0)] } ?? []))
        case .tunnel(let tunnel):
            let carrier: String =
                switch tunnel.carrier {
                case .gretap(let key):
                    language.say("Ethernet over GRE", "Ethernet sobre GRE")
                        + (key.map { language.say(", key \($0)", ", clave \($0)") } ?? "")
                case .vxlan(let vni, let port):
                    language.say("VXLAN \(vni), UDP port \(port)", "VXLAN \(vni), puerto UDP \(port)")
                }
            return .array(
                [.string("t")] + end(tunnel.from) + end(tunnel.to) + [
                    .string(carrier), .string("\(tunnel.source)"), .string("\(tunnel.destination)"),
                    .number(tunnel.overhead), .array(tunnel.outer.hops.map(hop)),
                ] + (tunnel.vlan.map { [.number($0)] } ?? []))
        }
    }

    private func end(_ reference: InterfaceReference) -> [JSON] {
        [node(reference.node), interface(reference.name, on: reference.node)]
    }

    private func own(_ kind: Own, of target: Bool) -> JSON { .number(kind.rawValue + (target ? 10 : 0)) }

    private func node(_ name: NodeName) -> JSON {
        if name == source.name { return own(.node, of: false) }
        return name == target.name ? own(.node, of: true) : .string("\(name)")
    }

    private func interface(_ name: String, on node: NodeName) -> JSON {
        for (member, isTarget) in [(source, false), (target, true)] where member.veths.count == 1 {
            let veth = member.veths[0]
            if node == member.name, name == veth.interface { return own(.interface, of: isTarget) }
            if node == NodeName(host: member.name.host), name == veth.hostInterface { return own(.veth, of: isTarget) }
        }
        return .string(name)
    }

    private func address(_ address: IPAddress) -> JSON {
        for (member, isTarget) in [(source, false), (target, true)] where member.veths.count == 1 {
            if member.address(address.family) == address { return own(.address, of: isTarget) }
            if member.hostEnds.contains(where: { $0.address == address }) { return own(.hostEnd, of: isTarget) }
        }
        return .string("\(address)")
    }

    /// A route's destination: that of a link of one's own is the link's subnet.
    private func subnet(_ prefix: Prefix) -> JSON {
        for (member, isTarget) in [(source, false), (target, true)] where member.veths.count == 1 {
            if member.hostEnds.contains(where: { $0.prefix == prefix }) { return own(.subnet, of: isTarget) }
        }
        return .string("\(prefix)")
    }

    /// How it ends, as texts with numbers between them for what is the two's own.
    private func words(_ text: String) -> JSON {
        let owns = [(source, false), (target, true)].flatMap { member, isTarget in
            [("\(member.name)", own(.node, of: isTarget))]
                + member.addresses.map { ("\($0.address)", own(.address, of: isTarget)) }
                + member.hostEnds.map { ("\($0.address)", own(.hostEnd, of: isTarget)) }
        }
        var parts: [JSON] = []
        var plain = ""
        for word in text.parts(at: " ") {
            let tail = word.ends(with: "'s") ? "'s" : word.ends(with: ",") ? "," : ""
            let bare = Substring(word.utf8.dropLast(tail.utf8.count))
            if let own = owns.first(where: { $0.0.isSame(as: bare) })?.1 {
                parts += [.string(plain), own]
                plain = tail + " "
            } else {
                plain += word + " "
            }
        }
        return .array(parts + [.string(String(Substring(plain.utf8.dropLast())))])
    }
}
