internal import TopoTemplates

extension Runbook {
    /// What the places of the template are filled with.
    var values: [String: Filling] {
        [
            "name": .text(name),
            "title": .text(title),
            "descriptions": .texts(descriptions),
            "folder": .text(folder),
            "tools": .text(tools),
            "lans": .list(lans.map(\.filling)),
            "virtualBox": .list(virtualBox.map { ["hosts": .text($0.hosts), "networks": .text($0.networks)] }),
            "hosts": .list(hosts.map(\.filling)),
            "reversedHosts": .list(reversedHosts.map(\.filling)),
            "claims": .list(
                claims.map { ["from": .text($0.from), "to": .text($0.to), "result": .text($0.result)] }),
            "hasClaims": .flag(hasClaims),
            "derived": .list(derived.map(\.filling)),
            "hasDerived": .flag(hasDerived),
        ]
    }
}

extension Runbook.Host {
    fileprivate var filling: [String: Filling] {
        [
            "name": .text(name),
            "descriptions": .texts(descriptions),
            "copy": .text(copy),
            "run": .text(run),
            "nics": .list(nics.map(\.filling)),
            "bridges": .list(bridges.map(\.filling)),
            "tunnels": .list(tunnels.map(\.filling)),
            "vlans": .list(vlans.map(\.filling)),
            "nat": .list(nat.map(\.filling)),
            "containers": .list(containers.map { ["name": .text($0.name), "facts": .text($0.facts)] }),
        ]
    }
}

extension Runbook.Interface {
    fileprivate var filling: [String: Filling] { ["name": .text(name), "facts": .text(facts)] }
}

extension Runbook.Derived {
    fileprivate var filling: [String: Filling] {
        ["places": .text(places), "what": .text(what), "value": .text(value), "from": .text(from)]
    }
}
