public import TopoModel

/// A host's objects by kind, in the order of the plan.
extension HostPlan {
    /// Its NICs.
    public var nics: [PlannedNIC] {
        objects.compactMap { if case .nic(let nic) = $0.object { nic } else { nil } }
    }

    /// Its bridges.
    public var bridges: [PlannedBridge] {
        objects.compactMap { if case .bridge(let bridge) = $0.object { bridge } else { nil } }
    }

    /// Its tunnels.
    public var tunnels: [PlannedTunnel] {
        objects.compactMap { if case .tunnel(let tunnel) = $0.object { tunnel } else { nil } }
    }

    /// Its containers.
    public var containers: [PlannedContainer] {
        objects.compactMap { if case .container(let container) = $0.object { container } else { nil } }
    }

    /// The veth pairs of its containers.
    public var veths: [PlannedVeth] {
        objects.compactMap { if case .veth(let veth) = $0.object { veth } else { nil } }
    }

    /// The addresses of an interface in one of its namespaces.
    public func addresses(of interface: String, in namespace: Namespace) -> [InterfaceAddress] {
        objects.compactMap { planned in
            guard planned.namespace == namespace, case .address(let address) = planned.object,
                address.interface == interface
            else { return nil }
            return address.address
        }
    }
}
