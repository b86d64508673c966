internal import TopoJSON
internal import TopoModel
internal import TopoPlan

/// `topology.json`: the plan as other programs read it. `docs/json.md` describes every key, spelt as `ip -j` spells its
/// own. What is nil has no key.
func topologyDocument(_ plan: Plan) -> JSON {
    .members([
        // Raised where a key changes its meaning or goes; new keys do not raise it.
        "version": 1,
        "name": .string(plan.name),
        "title": .string(plan.title),
        "description": plan.description.map(JSON.string),
        "runtime": .string(plan.runtime.rawValue),
        "bridge_tools": .string(plan.bridgeTools.rawValue),
        "lans": .array(plan.lans.map(document)),
        "hosts": .array(plan.hosts.map(hostDocument)),
        "expectations": .array(plan.expectations.map(expectationDocument)),
    ])
}

private func document(of lan: PlannedLAN) -> JSON {
    .members([
        "name": .string(lan.name),
        "description": lan.description.map(JSON.string),
        "subnets": .strings(lan.subnets.map(\.description)),
        "gateways": lan.gateways.isEmpty ? nil : .strings(lan.gateways.map(\.description)),
        "outside": lan.outside.map { .strings($0.addresses.map(\.address.description)) },
        "mtu": document(of: lan.mtu),
        "promiscuous": .boolean(lan.isPromiscuous),
        "virtualbox_network": lan.virtualBoxNetwork.map(JSON.string),
        "plugs": .array(lan.plugs.map { ["host": .string($0.host), "nic": .string($0.nic)] }),
    ])
}

/// A value that may be derived, and from what.
func document(of setting: Setting<some CustomStringConvertible>) -> JSON {
    document(of: setting, value: .string(setting.value.description))
}

/// A number that may be derived, and from what.
func document(of setting: Setting<Int>) -> JSON { document(of: setting, value: .number(setting.value)) }

private func document<Value>(of setting: Setting<Value>, value: JSON) -> JSON {
    switch setting.source {
    case .written: ["value": value, "derived": false]
    case .derived(let reason): ["value": value, "derived": true, "from": .string(reason)]
    }
}
