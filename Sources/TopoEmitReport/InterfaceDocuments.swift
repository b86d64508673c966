internal import TopoModel
internal import TopoPlan

/// A NIC of a host.
struct NICDocument: Encodable {
    let name: String
    let lan: String?
    let bridge: String?
    let mac: SettingDocument<String>?
    let mtu: SettingDocument<Int>
    let addresses: [String]

    init(_ nic: PlannedNIC, _ index: HostIndex) {
        name = nic.name
        lan = nic.lan
        bridge = nic.bridge
        mac = nic.mac.map { SettingDocument($0) }
        mtu = SettingDocument(nic.mtu)
        addresses = index.addresses(of: nic.name, in: .host).map(\.description)
    }
}

/// A bridge of a host.
struct BridgeDocument: Encodable {
    let name: String
    let managedBy: String
    let mac: SettingDocument<String>
    let mtu: SettingDocument<Int>
    let stp: Bool
    let ports: [String]
    let addresses: [String]

    init(_ bridge: PlannedBridge, _ index: HostIndex) {
        name = bridge.name
        managedBy = bridge.manager.rawValue
        mac = SettingDocument(bridge.mac)
        mtu = SettingDocument(bridge.mtu)
        stp = bridge.stp
        ports = bridge.ports
        addresses = index.addresses(of: bridge.name, in: .host).map(\.description)
    }
}

/// A tunnel of a host; `remotes` has one end for a gretap, and none for a VXLAN with a group.
struct TunnelDocument: Encodable {
    let name: String
    let type: String
    let local: SettingDocument<String>?
    let remotes: [SettingDocument<String>]
    let dev: SettingDocument<String>?
    let key: UInt32?
    let vni: UInt32?
    let group: String?
    let port: UInt16?
    let ttl: Int?
    let mac: SettingDocument<String>
    let mtu: SettingDocument<Int>
    let bridge: String?
    let addresses: [String]

    init(_ tunnel: PlannedTunnel, _ index: HostIndex) {
        name = tunnel.name
        local = tunnel.local.map { SettingDocument($0) }
        dev = tunnel.dev.map { SettingDocument($0) }
        ttl = tunnel.ttl
        mac = SettingDocument(tunnel.mac)
        mtu = SettingDocument(tunnel.mtu)
        bridge = tunnel.bridge
        addresses = index.addresses(of: tunnel.name, in: .host).map(\.description)
        switch tunnel.kind {
        case .gretap(let remote, let key):
            (type, remotes, self.key) = ("gretap", [SettingDocument(remote)], key)
            (vni, group, port) = (nil, nil, nil)
        case .vxlan(let vni, .group(let group), let port):
            (type, remotes, key) = ("vxlan", [], nil)
            (self.vni, self.group, self.port) = (vni, group.description, port)
        case .vxlan(let vni, .remotes(let remotes), let port):
            (type, self.remotes, key) = ("vxlan", remotes.map { SettingDocument($0) }, nil)
            (self.vni, group, self.port) = (vni, nil, port)
        }
    }
}

/// An interface of a container: a veth pair, both ends.
struct InterfaceDocument: Encodable {
    let name: String
    let mac: SettingDocument<String>
    let mtu: SettingDocument<Int>
    let addresses: [String]
    let hostInterface: String
    let hostMac: SettingDocument<String>
    let hostAddresses: [String]
    let bridge: String?

    init(_ veth: PlannedVeth, _ index: HostIndex) {
        name = veth.interface
        mac = SettingDocument(veth.mac)
        mtu = SettingDocument(veth.mtu)
        addresses = index.addresses(of: veth.interface, in: .container(veth.container)).map(\.description)
        hostInterface = veth.hostInterface
        hostMac = SettingDocument(veth.hostMAC)
        hostAddresses = index.addresses(of: veth.hostInterface, in: .host).map(\.description)
        bridge = veth.bridge
    }
}
