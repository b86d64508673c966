import Foundation
import Testing
import TopoEmit

/// No unit says what the oldest systemd that units are for does not know.
@Suite struct KeyVersionTests {
    /// Ubuntu 22.04's.
    private static let oldest = 249

    /// The version in which each key came, as systemd.netdev(5) has it.
    private static let netdev = [
        "NetDev.Name": 211, "NetDev.Kind": 211, "NetDev.MACAddress": 215, "Bridge.STP": 232, "Tunnel.Local": 215,
        "Tunnel.Remote": 215, "Tunnel.Key": 231, "Tunnel.TTL": 215, "Tunnel.EncapsulationLimit": 226,
        "Tunnel.Independent": 235, "VXLAN.VNI": 243, "VXLAN.Group": 243, "VXLAN.Local": 233, "VXLAN.TTL": 215,
        "VXLAN.DestinationPort": 229, "VXLAN.UDPChecksum": 220, "NetDev.MTUBytes": 215, "VLAN.Id": 211,
        "Bridge.VLANFiltering": 231, "Bridge.DefaultPVID": 232, "VXLAN.Independent": 247,
    ]

    /// The version in which each key came, as systemd.network(5) has it. That `Broadcast=` takes
    /// `no` is taken to be of 248, whose NEWS speak of its default.
    private static let network = [
        "Match.Name": 211, "Match.MACAddress": 211, "Link.MACAddress": 218, "Link.MTUBytes": 218,
        "Link.RequiredForOnline": 236,
        "Network.Address": 211, "Network.Bridge": 211, "Network.VXLAN": 211, "Network.LinkLocalAddressing": 219,
        "Network.IPv6AcceptRA": 231,
        "Network.ConfigureWithoutCarrier": 235, "Address.Address": 211, "Address.Broadcast": 248,
        "Address.DuplicateAddressDetection": 235,
        "Route.Gateway": 211, "Route.Destination": 211, "Route.Metric": 216, "Route.Scope": 219, "Route.Protocol": 234,
        "Route.Type": 235, "Route.MultiPathRoute": 245, "BridgeFDB.MACAddress": 219, "BridgeFDB.Destination": 243,
        "Network.VLAN": 211,
        "BridgeVLAN.VLAN": 231, "BridgeVLAN.PVID": 231, "BridgeVLAN.EgressUntagged": 231,
    ]

    /// A unit's keys, each with its section.
    private func keys(of artifact: Artifact) -> [String] {
        var section = ""
        return artifact.contents.split(separator: "\n").compactMap { line in
            if line.hasPrefix("[") { section = String(line.dropFirst().prefix { $0 != "]" }) }
            guard !line.hasPrefix("#"), !line.hasPrefix("["), let end = line.firstIndex(of: "=") else { return nil }
            return "\(section).\(line[..<end])"
        }
    }

    /// The keys of all units of topologies, of `.netdev` files and of `.network` files, with netplan's drop-ins among them.
    private func keys(of topologies: [String]) throws -> (netdev: Set<String>, network: Set<String>) {
        var keys = (netdev: Set<String>(), network: Set<String>())
        for text in topologies {
            for artifact in try Units(text).artifacts {
                if artifact.path.hasSuffix(".netdev") || artifact.path.contains(".netdev.d/") {
                    keys.netdev.formUnion(self.keys(of: artifact))
                } else if artifact.path.hasSuffix(".network") || artifact.path.contains(".network.d/") {
                    keys.network.formUnion(self.keys(of: artifact))
                }
            }
        }
        return keys
    }

    private func topologies() throws -> [String] {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let folder = root.appendingPathComponent("topologies")
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".topo") }
        return try names.sorted().map {
            try String(contentsOf: folder.appendingPathComponent($0), encoding: .utf8)
        }
    }

    /// What none of the project's topologies says.
    private let rest = """
        topology: rest
        runtime: netns
        lans:
          wire: {subnet: 172.16.1.0/24, mtu: 1400}
        hosts:
          host1:
            nics: {eth0: {lan: wire, address: 172.16.1.1/24, mac: "02:00:00:00:00:0a"}}
            tunnels:
              gre1: {type: gretap, remote: host2, key: 7, ttl: 9}
              vx1: {type: vxlan, vni: 9, group: 239.1.1.9, dev: eth0, ttl: 3}
            bridges:
              br0: {stp: true, ports: [gre1], address: 10.8.0.1/24}
              br1: {ports: [vx1], address: 10.7.0.1/24}
              br2: {address: "fd06::1/64"}
              br3: {vlan-filtering: true, vlan: 7, address: 10.6.0.1/24}
            routes:
              - {to: 10.9.0.0/24, via: host2, metric: 5}
              - {to: 10.99.0.0/24, type: blackhole}
              - {to: 10.98.0.0/24, dev: br1}
          host2:
            nics: {eth0: {lan: wire, address: 172.16.1.2/24}}
            tunnels:
              gre1: {type: gretap, remote: host1, key: 7, ttl: 9}
              vx1: {type: vxlan, vni: 9, group: 239.1.1.9, dev: eth0, ttl: 3}
            bridges:
              br0: {stp: true, ports: [gre1], address: 10.8.0.2/24}
              br1: {ports: [vx1], address: 10.7.0.2/24}

        """

    @Test func allKeysAreAsOldAsTheOldestSystemd() throws {
        let keys = try keys(of: try topologies() + [rest])
        #expect(keys.netdev.count > 12 && keys.network.count > 12)
        for key in keys.netdev.sorted() {
            let version = try #require(Self.netdev[key], "not in the table: \(key)= of .netdev files")
            #expect(version <= Self.oldest, "\(key)")
        }
        for key in keys.network.sorted() {
            let version = try #require(Self.network[key], "not in the table: \(key)= of .network files")
            #expect(version <= Self.oldest, "\(key)")
        }
        // Nor is there a key in the table that nothing writes.
        #expect(keys.netdev.count == Self.netdev.count && keys.network.count == Self.network.count)
    }
}
