import Testing
import TopoDiagnostics
import TopoDriver
import TopoEmit
import TopoTemplates

/// The commands for VLANs in the lists, what is looked for on the wire, and the functions that ask a bridge for them.
@Suite struct VLANCommandTests {
    /// Two hosts with a gretap tunnel between bridges that tell VLANs apart.
    private func script(_ name: String, runtime: String = "netns", lan: String = "") throws -> [Substring] {
        func host(_ number: Int, _ rest: String) -> String {
            """
              host\(number):
                nics: {eth0: {lan: wire, address: 192.0.2.\(number)/24}}
                tunnels: {g: {type: gretap, remote: host\(3 - number)}}
                bridges: {br0: {vlan-filtering: true, ports: {g: {vlan: 5, tagged: [10, 20-29]}}}}
                vlans: {br0.10: {link: br0, address: 10.0.0.\(number)/24}\(rest)}
                containers:
                  c\(number): {bridge: br0, vlan: 10, address: 10.0.0.1\(number)/24}
                  r\(number): {bridge: br0, tagged: [10, 20-29], vlans: {v20: {link: eth0, id: 20, address: 10.0.20.1\(number)/24}}}

            """
        }
        let text =
            "topology: net\nruntime: \(runtime)\nimage: some\nlans: {wire: {subnet: 192.0.2.0/24\(lan)}}\nhosts:\n"
            + host(1, ", eth0.7: {link: eth0, mtu: 1500, address: 10.7.0.1/24}")
            + host(2, ", eth0.7: {link: eth0, mtu: 1500, address: 10.7.0.2/24}")
            + "checks: [{ping: [c1, c2]}, {encapsulated: {from: c1, to: c2, on: wire, as: gretap}}]\n"
        let source = SourceFile(path: "net.topo", bytes: Array(text.utf8))
        let outcome = try compile(source, only: ["shell"], templates: builtIn.get())
        let output = try #require(outcome.output, "\(outcome.diagnostics.map(\.message))")
        let artifact = try #require(output.artifacts.first { $0.path == "host1/\(name)" })
        return artifact.contents.replacing("\\\n    ", with: "").split(separator: "\n")
    }

    /// Only the own side of a bridge is `self`; a port of a container has its VLANs before it is up.
    @Test func portsAndTheBridgeItselfArePutIntoTheirVLANs() throws {
        let lines = try script("plain.sh").filter { $0.hasPrefix("bridge vlan") }
        #expect(
            lines == [
                "bridge vlan add dev br0 vid 10 self", "bridge vlan add dev g vid 5 pvid untagged",
                "bridge vlan add dev g vid 10", "bridge vlan add dev g vid 20-29",
                "bridge vlan add dev veth-c1 vid 10 pvid untagged", "bridge vlan add dev veth-r1 vid 10",
                "bridge vlan add dev veth-r1 vid 20-29",
            ])
    }

    /// LXD puts a port without `vlan` into the bridge's default one.
    @Test func lxdIsToldTheVLANsOfItsNICs() throws {
        let lines = try script("plain.sh", runtime: "lxd").filter { $0.hasPrefix("lxc config device add") }
        #expect(lines.contains { $0.contains("parent=br0 vlan=10 name=eth0 ") }, "\(lines)")
        #expect(lines.contains { $0.contains("parent=br0 vlan=none vlan.tagged=10,20-29 name=eth0 ") }, "\(lines)")
    }

    /// The kernel gives a VLAN interface its link's MTU.
    @Test func anMTUBelowTheLinksIsSaid() throws {
        let lines = try script("plain.sh", lan: ", mtu: 9000").filter { $0.contains("name eth0.7 ") }
        #expect(lines == ["ip link add link eth0 name eth0.7 mtu 1500 type vlan id 7"])
    }

    /// GRE's own header has 4 bytes and IP's 20, an inner Ethernet header 14, of which the type is last, and a tag 4.
    @Test func theTagIsLookedForInTheInnerFrame() throws {
        let filters = try script("check.sh").filter { $0.contains("ip proto 47") }
        #expect(filters.contains { $0.contains("ip[36:2] = 0x8100 and ip[38:2] & 0xfff = 0xa and ip[40:2] = 0x800") })
    }

    /// A port that gets frames without a tag and sends them with one is neither of the two that are wanted.
    @Test func aPortsVLANsAreReadAsBridgeShowsThem() throws {
        let shown = """
            port              vlan-id
            eth0              10 PVID Egress Untagged
                              20
                              30 PVID
                              40 Egress Untagged
            """
        let lines = """
            quietly() { cat <<'END'
            \(shown)
            END
            }
            vlans_of eth0
            """
        #expect(try said(lines, calling: "vlans_of") == ["10u", "20", "30?", "40?"])
    }

    /// A dry run after an edit: the container's interface is gone, the host's of the same name is not.
    @Test func aVLANInterfaceThatIsUndoneIsLostInItsContainerAlone() throws {
        let lines = """
            lost=' ' within=
            lose 'remove_inner_link eth0.10 ip netns exec c1'
            ! is_lost eth0.10 ip netns exec c1 || echo gone
            is_lost eth0.10 ip netns exec c2 || echo there
            is_lost eth0.10 || echo there
            """
        #expect(try said(lines, calling: "lose is_lost") == ["gone", "there", "there"])
    }
}
