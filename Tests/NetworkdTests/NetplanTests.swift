import Foundation
import Testing

extension NetworkdTests {
    /// netplan takes its files, and the units that it makes of them bring up the same network.
    @Suite struct NetplanTests {
        @Test(arguments: [
            "bridged", "four-ways", "gre", "gre-hub", "gre-ipv6", "gre-routed-underlay", "nat-router", "routed",
            "vlans",
            "vxlan", "vxlan-loopbacks", "vxlan-unicast",
        ])
        func everyFileIsAccepted(topology: String) throws {
            let run = try Bed(topology).run(
                """
                for host in ${hosts}; do
                    mkdir -p "/run/${host}/etc/netplan"; cp "${folder}/${host}/netplan/05-topoc.yaml" "/run/${host}/etc/netplan"
                    chmod 600 "/run/${host}/etc/netplan/05-topoc.yaml"
                    must netplan generate --root-dir "/run/${host}"; ls "/run/${host}/run/systemd/network"
                done
                """)
            #expect(run.status == 0, "\(run.text)")
            #expect(run.lines.contains("10-netplan-eth0.network"))
            #expect(run.lines.allSatisfy { $0.hasPrefix("10-netplan-") }, "\(run.text)")
        }

        @Test(arguments: ["routed", "vxlan-unicast"])
        func allHolds(topology: String) throws {
            let run = try Bed(topology).run(
                """
                bare; for host in ${hosts}; do netplan_units ${host}; done
                up >/dev/null
                lab test; complaints
                """)
            let results = run.lines.filter { $0.hasPrefix("ok ") || $0.hasPrefix("not ok ") }
            #expect(results.count > 30 && results.allSatisfy { $0.hasPrefix("ok ") }, "\(run.text)")
            #expect(!run.text.contains(".log:"), "\(run.text)")
        }
    }
}
