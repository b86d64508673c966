import TopoDiagnostics
import TopoModel

/// All names of a topology.
struct Directory {
    /// The LANs' names, in the order of the file.
    private(set) var lans: [Located<String>] = []
    /// True where a part of the file could not be read: a LAN, host or container that seems to be missing may be in it.
    var isBroken = false
    /// The hosts, in the order of the file.
    private(set) var hosts: [HostNames] = []
    private var lanIndex: [NameKey: Int] = [:]
    private var hostIndex: [NameKey: Int] = [:]
    /// The hosts that have a container of a name, in the order of the file.
    private var containerHosts: [NameKey: [Int]] = [:]

    /// The LAN of this name.
    func lan(_ name: String) -> Located<String>? { lanIndex[NameKey(name)].map { lans[$0] } }

    /// The host of this name.
    func host(_ name: String) -> HostNames? { hostIndex[NameKey(name)].map { hosts[$0] } }

    /// The containers of this name, in the order of the file.
    func containers(_ name: String) -> [NodeName] {
        (containerHosts[NameKey(name)] ?? []).map { NodeName(host: hosts[$0].host.value, container: name) }
    }

    /// Where a host or container is named.
    func place(of node: NodeName) -> Span? {
        guard let container = node.container else { return host(node.host)?.host.span }
        return host(node.host)?.container(container)?.span
    }

    /// All that a check may name, a container by its host where its name is not unique, in the order of the file.
    var endpoints: [String] {
        hosts.flatMap { host in
            [host.host.value]
                + host.containers.map {
                    (containerHosts[NameKey($0.value)]?.count ?? 0) == 1 ? $0.value : "\(host.host.value)/\($0.value)"
                }
        }
    }

    /// How many these are.
    private(set) var endpointCount = 0

    /// Takes a LAN.
    mutating func declareLAN(_ name: Located<String>) {
        lanIndex[NameKey(name.value)] = lans.count
        lans.append(name)
    }

    /// Takes a host with all its names.
    mutating func declare(_ host: HostNames) {
        hostIndex[NameKey(host.host.value)] = hosts.count
        endpointCount += 1 + host.containers.count
        containerHosts.reserveCapacity(containerHosts.count + host.containers.count)
        for container in host.containers { containerHosts[NameKey(container.value), default: []].append(hosts.count) }
        hosts.append(host)
    }
}
