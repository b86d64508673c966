import HostBed
import Testing

extension RealDocker {
    /// Containers that Docker itself joins to their bridge.
    @Suite struct NativeTests {
        private static let routed = """
            topology: native
            runtime: docker
            image: bare
            lans:
              internal: {subnet: 172.16.1.0/24}
            hosts:
              host1:
                forwarding: true
                docker: native
                nics:
                  eth0: {lan: internal, address: 172.16.1.1/24}
                bridges:
                  br0: {address: 10.1.0.1/24, mtu: 1400}
                  br1: {address: 10.3.0.1/24}
                routes: [{to: 10.2.0.0/24, via: host2}]
                nat: [{out: eth0, from: 10.3.0.0/24}]
                publish: [{in: eth0, tcp: 8080, to: c1, port: 80}]
                containers:
                  c1: {bridge: br0, address: 10.1.0.11/24, mac: "02:00:00:00:00:11", command: [sleep, "1000"]}
                  c2: {bridge: br1, address: 10.3.0.11/24}
              host2:
                forwarding: true
                nics:
                  eth0: {lan: internal, address: 172.16.1.2/24}
                routes: [{to: 10.1.0.0/24, via: host1}, {to: 10.3.0.0/24, via: host1}]
                containers:
                  c3: {p2p: 10.2.0.0/30}
            checks:
              - {trace: [c3, c2], hops: [host2, host1]}
              - {ping: [c2, c3]}
              - {tcp: [c3, 172.16.1.1], port: 8080}
            """

        private static let bridged = """
            topology: native
            runtime: docker
            image: bare
            lans:
              internal: {subnet: 10.0.0.0/24}
            hosts:
              host1:
                docker: native
                nics: {eth0: {lan: internal}}
                bridges: {lxdbr0: {ports: [eth0]}}
                containers:
                  c1: {bridge: lxdbr0, address: 10.0.0.1/24}
                  c2: {bridge: lxdbr0, address: 10.0.0.254/24}
                  n1: {bridge: lxdbr0, address: 10.0.0.14/24, runtime: netns}
              host2:
                docker: macvlan
                nics: {eth0: {lan: internal}}
                bridges: {lxdbr0: {ports: [eth0], address: 10.0.0.253/24}}
                containers:
                  c3: {bridge: lxdbr0, address: 10.0.0.13/24, mac: "02:00:00:00:00:13"}
            checks:
              - {ping: [c1, host2]}
              - {no-ping: [c3, host2]}
              - {no-ping: [host2, c3]}
            """

        private static func expect(_ script: String, _ scripts: Scripts, _ bed: Bed) throws {
            for host in ["host1", "host2"] {
                let run = try scripts.run(script, on: host, of: bed)
                #expect(run.status == 0, "\(script) on \(host): \(run.text)")
            }
        }

        private static func host(_ line: String, _ bed: Bed) throws -> String {
            let run = try bed.run("host1", ["sh", "-c", line])
            #expect(run.status == 0, "\(line): \(run.text)")
            return run.output
        }

        private static func states(_ bed: Bed) throws -> [State] {
            try ["host1", "host2"].map { try State(of: $0, in: bed) }
        }

        @Test func routersPassOnWhatDockerWouldKeepApart() throws {
            let bed = try Bed()
            let before = try Self.states(bed)
            let scripts = try Scripts(Self.routed)
            try Self.expect("up.sh", scripts, bed)
            // A service is there already, so that the check of the other host needs nobody who listens.
            _ = try Self.host("docker exec -d c1 busybox httpd -p 80", bed)
            try Self.expect("check.sh", scripts, bed)
            // Docker's own rules of the table nat are there beside, and as they were.
            let rules = try Self.host("nft list table inet topoc-native; iptables-save -t nat", bed)
            #expect(
                rules.contains("masquerade") && rules.contains("dnat ip to 10.1.0.11:80")
                    && rules.contains("-A POSTROUTING -s 172.17.0.0/16"))
            let again = try scripts.run("up.sh", on: "host1", of: bed)
            #expect(again.output == "  nothing to do: all of it is there\nhost1: up\n", "\(again.text)")
            // Docker, and not the script, gives it all of this again.
            let link = try Self.host("docker restart --time 0 c1 >/dev/null; docker exec c1 ip addr show dev eth0", bed)
            #expect(
                link.contains("02:00:00:00:00:11") && link.contains(" mtu 1400 ") && link.contains(" 10.1.0.11/24 "))
            #expect(try Self.host("docker exec c1 ping -c 2 -W 5 10.2.0.2", bed).contains(" 0% packet loss"))
            try Self.expect("down.sh", scripts, bed)
            #expect(try zip(Self.states(bed), before).flatMap { $0.difference(from: $1) } == [])
            #expect(try Self.host("nft list tables inet", bed) == "")

            // The policy is not all: Docker's own rules keep its networks apart, and let nothing in.
            _ = try Self.host("iptables -P FORWARD ACCEPT", bed)
            try Self.expect("up.sh", scripts, bed)
            for target in ["10.2.0.2", "10.3.0.11"] {
                let ping = try Self.host("docker exec c1 ping -c 2 -W 5 \(target)", bed)
                #expect(ping.contains(" 0% packet loss"))
            }
            try Self.expect("down.sh", scripts, bed)
        }

        /// On one host by a bridge, which stays without an address; on the other by macvlan, without a bridge.
        @Test func oneSegmentByABridgeAndByMacvlan() throws {
            let bed = try Bed()
            let before = try Self.states(bed)
            let scripts = try Scripts(Self.bridged)
            try Self.expect("up.sh", scripts, bed)
            try Self.expect("check.sh", scripts, bed)
            #expect(try Self.host("ip -4 address show dev lxdbr0", bed) == "")
            #expect(try Self.host("docker exec c1 ping -c 1 -W 5 c2", bed).contains(" 0% packet loss"))
            #expect(try bed.run("host2", ["ip", "link", "show", "dev", "lxdbr0"]).status == 1)
            let restart = "docker restart --time 0 c3 >/dev/null; docker exec c3 ip addr show dev eth0"
            let link = try bed.run("host2", ["sh", "-c", restart])
            #expect(link.output.contains(" 02:00:00:00:00:13 ") && link.output.contains(" 10.0.0.13/24 "))
            // After a reboot the journal is gone, and the bridge is one that Docker has made.
            _ = try Self.host("rm -r /run/topoc && ip link delete veth-n1 && ip netns delete n1", bed)
            _ = try Self.host("ip link delete lxdbr0 && ip link add lxdbr0 type bridge", bed)
            try Self.expect("up.sh", scripts, bed)
            _ = try Self.host("docker restart --time 0 c1 c2", bed)
            #expect(try Self.host("docker exec c1 ping -c 2 -W 5 10.0.0.13", bed).contains(" 0% packet loss"))
            _ = try Self.host("ip link delete veth-n1 && ip netns delete n1", bed)
            for host in ["host1", "host2"] { _ = try bed.run(host, ["rm", "-r", "/run/topoc"]) }
            try Self.expect("down.sh", scripts, bed)
            // Without a journal nothing tells that the NIC was down, and had no address.
            let left = try Self.states(bed)[1].difference(from: before[1]).filter { !$0.contains("eth0") }
            #expect(left == [])
            #expect(
                try Self.host("docker network ls --format '{{.Name}}' | sort; docker ps -aq", bed)
                    == "bridge\nhost\nnone\n")
            #expect(try Self.host("ip -o link show type bridge | grep -c lxdbr0 || true", bed) == "0\n")
        }

        @Test func whatIsInTheWayIsRefusedAndWhatFailsIsUndone() throws {
            let bed = try Bed(hosts: ["host1"])
            let scripts = try Scripts(Self.routed)
            let before = try State(of: "host1", in: bed)
            let text = Self.routed.replacing("[sleep, \"1000\"]", with: "[/no/such/command]")
            let failing = try Scripts(text).run("up.sh", on: "host1", of: bed)
            #expect(failing.status == 1 && failing.error.contains("this failed: docker start c1"), "\(failing.text)")
            #expect(try State(of: "host1", in: bed).difference(from: before) == [])
            _ = try Self.host(
                "docker network create br0 --subnet 10.9.0.0/24 && docker network create theirs --subnet 10.3.0.128/25",
                bed)
            let up = try scripts.run("up.sh", on: "host1", of: bed)
            #expect(up.status == 3)
            #expect(
                up.error == """
                    up.sh: there is a Docker network "br0" already, not of this topology: rename one of the two
                    up.sh: the Docker network "theirs" has 10.3.0.128/25, and the topology 10.3.0.0/24: give one of them another subnet
                    up.sh: nothing was changed

                    """)
            #expect(try scripts.run("down.sh", on: "host1", of: bed).output == "host1: nothing to undo\n")
        }
    }
}
