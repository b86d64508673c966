import Foundation
import Testing

/// What `forms.sh` takes for the form of a command: it needs nothing of the machine.
@Suite struct FormTests {
    /// The numbers of the changes that are chosen, each with its form.
    private func chosen(_ changes: [String], earlier: [String] = []) throws -> [String] {
        let folder = try Folder()
        try folder.write(changes.map { $0 + "\n" }.joined(), to: "changes")
        try folder.write(earlier.map { $0 + "\n" }.joined(), to: "earlier")
        let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("forms.sh")
        try folder.write(try String(contentsOf: script, encoding: .utf8), to: "forms.sh")
        let run = try folder.sh("forms.sh", folder.path("changes"), folder.path("earlier"), seconds: 10)
        #expect(run.status == 0, "\(run.text)")
        return run.text.split(separator: "\n").map { String($0.replacing("\t", with: " ")) }
    }

    @Test func namesAddressesNumbersAndFilesAreNoDifference() throws {
        #expect(
            try chosen([
                "host ip netns add c1", "host ip netns add other", "host ip address add 10.0.0.1/24 dev eth0",
                "host ip address add 192.0.2.77/31 dev uplink", "host sysctl -q -w net.ipv4.conf.eth0.forwarding=1",
                "host sysctl -q -w net.ipv4.conf.lxdbr0.forwarding=0", "host ip link set dev eth0 mtu 1400",
                "host ip link set dev eth1 mtu 9000", "host rm /etc/a/05-x.network", "host rm /etc/b/y.network",
                "host ip link set dev eth0 address 02:00:00:00:00:01", "host ip netns add last",
            ]) == [
                "1 host ip netns add NAME", "3 host ip address add IPV4 dev NIC",
                "5 host sysctl -q -w net.ipv4.conf.NAME.forwarding=VALUE", "7 host ip link set dev NIC mtu NUMBER",
                "9 host rm FILE.network", "11 host ip link set dev NIC address MAC", "12 host ip netns add NAME",
            ])
    }

    @Test func whatIsDoneIsADifference() throws {
        let different = [
            "host ip address add 10.0.0.1/24 dev eth0", "host ip address delete 10.0.0.1/24 dev eth0",
            "host ip address add fd00::1/64 dev eth0", "inside ip address add 10.0.0.1/24 dev eth0",
            "host ip link set dev eth0 address 02:00:00:00:00:01", "host ip link set dev eth0 up",
            "host ip link set dev eth0 down", "host sysctl -q -w net.ipv4.conf.eth0.forwarding=1",
            "host sysctl -q -w net.ipv6.conf.eth0.forwarding=1", "host ip route add default via 10.0.0.2",
            "host ip route add 10.1.0.0/16 via 10.0.0.2", "host rm /etc/05-x.network", "host rm /etc/05-x.netdev",
        ]
        #expect(try chosen(different).count == different.count)
    }

    @Test func anInterfaceIsWhatItWasMadeAs() throws {
        let made = [
            "host brctl addbr br0", "host ip link add name v1 type veth peer name eth0 netns c1",
            "host ip link add name vx type vxlan id 7 dev eth0",
        ]
        let gone = ["v1", "v2", "vx", "br0", "eth0", "v1"].map { "host ip link set dev \($0) down" }
        #expect(
            try chosen(gone, earlier: made + ["host ip link add name v2 type veth peer name eth0 netns c2"]) == [
                "1 host ip link set dev VETH down", "3 host ip link set dev VXLAN down",
                "4 host ip link set dev BRIDGE down", "5 host ip link set dev NIC down",
                "6 host ip link set dev VETH down",
            ])
        #expect(
            try chosen(made + ["host brctl addif br0 v1", "host brctl addif br0 vx", "host brctl addif br0 eth0"])
                .suffix(3) == [
                    "4 host brctl addif BRIDGE VETH", "5 host brctl addif BRIDGE VXLAN",
                    "6 host brctl addif BRIDGE NIC",
                ])
    }
}
