internal import TopoModel
internal import TopoPlan

extension HostPlan {
    /// The interface by which an expectation's source is on a bridge.
    func veth(of expectation: Expectation, on bridge: String) -> PlannedVeth? {
        expectation.source.container.flatMap { veths(of: $0).first { $0.bridge == bridge } }
    }

    /// The address of a container's interface that it sends to `target` from, where that is on one of its subnets.
    func source(of veth: PlannedVeth, towards target: IPAddress?, family: AddressFamily? = nil) -> IPAddress? {
        addresses(of: veth.interface, in: .container(veth.container)).first { address in
            if let target { return address.prefix.contains(target) }
            return family == nil || address.address.family == family
        }?.address
    }

    /// The underlay address that a tunnel's packets come from.
    func underlayAddress(of tunnel: PlannedTunnel) -> IPAddress? {
        if let local = tunnel.local { return local.value }
        guard let dev = tunnel.dev else { return nil }
        let family: AddressFamily? =
            switch tunnel.kind {
            case .gretap(let remote, _): remote.value.family
            case .vxlan(_, .group(let group), _): group.family
            case .vxlan(_, .remotes(let remotes), _): remotes.first?.value.family
            }
        return addresses(of: dev.value, in: .host).first { family == nil || $0.address.family == family }?.address
    }
}

extension Plan {
    /// Whether a tunnel of one host is an end of the same overlay as a tunnel of another.
    func isOtherEnd(_ far: PlannedTunnel, of farHost: HostPlan, _ near: PlannedTunnel, of nearHost: HostPlan) -> Bool {
        switch (far.kind, near.kind) {
        case (.gretap(let farRemote, let farKey), .gretap(let nearRemote, let nearKey)):
            farKey == nearKey && farRemote.value == nearHost.underlayAddress(of: near)
                && nearRemote.value == farHost.underlayAddress(of: far)
        case (.vxlan(let farVNI, let farFlood, let farPort), .vxlan(let nearVNI, let nearFlood, let nearPort)):
            farVNI == nearVNI && farPort == nearPort && isSame(farFlood, nearFlood)
        case (.gretap, .vxlan), (.vxlan, .gretap):
            false
        }
    }

    private func isSame(_ one: PlannedTunnel.Flood, _ other: PlannedTunnel.Flood) -> Bool {
        switch (one, other) {
        case (.group(let one), .group(let other)): one == other
        case (.remotes, .remotes): true
        case (.group, .remotes), (.remotes, .group): false
        }
    }
}
