public import TopoModel
import TopoNetwork

/// Works out what must exist on every host, in order, with all that is derived: gateways, tunnel ends, MTUs, MACs, names.
/// - Parameters:
///   - topology: a topology without errors; of one with errors the plan is some plan.
///   - runtime: makes all containers with this runtime, whatever the topology says; bridges that another runtime would
///     make are then made by the scripts.
///   - macvlan: whether containers that are to be macvlan interfaces of a NIC are; by a bridge else. Where nil, as the
///     topology says if the runtime is its own, or Docker.
///   - forLab: for hosts that have nothing but their NICs: bridges that would exist before are made too.
public func plan(
    _ topology: Topology, runtime: Runtime? = nil, macvlan: Bool? = nil, forLab: Bool = false
) -> Plan {
    let segments = Segments(of: topology)
    let underlay = Underlay(of: topology)
    let mtus = SegmentMTUs(of: topology, segments: segments, underlay: underlay)
    let gateways = Gateways(segments)
    var plugs: [String: [PlannedLAN.Plug]] = [:]
    for host in topology.hosts {
        for nic in host.nics {
            guard let lan = nic.lan else { continue }
            plugs[lan.value, default: []].append(.init(host: host.name.value, nic: nic.name.value))
        }
    }
    let outsides = Dictionary(uniqueKeysWithValues: Outside.all(of: topology, segments: segments).map { ($0.lan, $0) })
    return Plan(
        name: topology.name.value,
        title: topology.title?.value ?? topology.name.value,
        description: topology.description,
        runtime: runtime ?? topology.runtime,
        bridgeTools: topology.bridgeTools,
        lans: topology.lans.map { planned($0, plugs[$0.name.value] ?? [], outsides[$0.name.value]) },
        hosts: topology.hosts.map { host in
            var planner = HostPlanner(
                host: host, topology: topology, mtus: mtus, underlay: underlay, gateways: gateways, runtime: runtime,
                macvlan: macvlan ?? (runtime == nil || runtime == .docker), isForLab: forLab)
            return planner.plan()
        },
        checks: topology.checks)
}

private func planned(_ lan: LAN, _ plugs: [PlannedLAN.Plug], _ outside: Outside?) -> PlannedLAN {
    PlannedLAN(
        name: lan.name.value,
        subnets: lan.subnets.map(\.value),
        gateways: lan.gateways.map(\.value),
        outside: outside,
        mtu: lan.plannedMTU,
        isPromiscuous: lan.promiscuous?.value ?? true,
        virtualBoxNetwork: lan.virtualBoxNetwork?.value,
        plugs: plugs,
        description: lan.description)
}

extension LAN {
    /// The largest IP packet on this LAN, in bytes: as written, or Ethernet's 1500 (RFC 894).
    var plannedMTU: Setting<Int> {
        mtu.map { Setting($0.value, .written($0.span)) } ?? Setting(1500, .derived("Ethernet's own"))
    }
}
