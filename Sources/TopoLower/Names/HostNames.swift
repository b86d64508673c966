import TopoDiagnostics
import TopoModel

/// The names within a host, the broken elements' included: a reference to one of those is no second mistake.
struct HostNames {
    /// An element with its name.
    struct Declared {
        let kind: ElementKind
        let name: Located<String>
    }

    /// The host's name.
    let host: Located<String>
    /// True where a part of the host could not be read: what seems to be missing may be in it.
    var isBroken = false
    /// NICs, bridges, tunnels and VLAN interfaces, which share one space of names, in the order of their keys.
    private(set) var devices: [Declared] = []
    /// Containers, in the order of the file.
    private(set) var containers: [Located<String>] = []
    private var deviceIndex: [NameKey: Int] = [:]
    private var containerIndex: [NameKey: Int] = [:]

    /// Makes the names of a host that has nothing yet.
    init(host: Located<String>) { self.host = host }

    /// The NIC, bridge or tunnel of this name.
    func device(_ name: String) -> Declared? { deviceIndex[NameKey(name)].map { devices[$0] } }

    /// The place of the container of this name.
    func container(_ name: String) -> Located<String>? { containerIndex[NameKey(name)].map { containers[$0] } }

    /// Takes a NIC, bridge or tunnel.
    /// - Returns: the element that already has this name.
    mutating func declare(_ kind: ElementKind, _ name: Located<String>) -> Declared? {
        if let other = device(name.value) { return other }
        deviceIndex[NameKey(name.value)] = devices.count
        devices.append(Declared(kind: kind, name: name))
        return nil
    }

    /// Takes all containers; names within one mapping are unique.
    mutating func declareContainers(_ names: [Located<String>]) {
        containers = names
        containerIndex.reserveCapacity(names.count)
        for (index, name) in names.enumerated() { containerIndex[NameKey(name.value)] = index }
    }
}
