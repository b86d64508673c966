import Foundation
import HostBed
import Testing

extension Bed.Daemon {
    /// LXD, on hosts on which Docker is started later.
    static let both = Bed.Daemon(
        "LXD and Docker",
        file: URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("both.sh"),
        tools: ["lxd", "lxc", "dockerd", "docker"], foreign: "DOCKER_HOST")
}

/// Docker started on a host with LXD's containers: its firewall drops their frames until up.sh is run again.
@Suite(.serialized, .enabled(if: Bed.Daemon.both.obstacle == nil, "\(Bed.Daemon.both.obstacle ?? "")"))
struct BesideLXDTests {
    private static func topology(_ third: String) -> String {
        """
        topology: neighbours
        runtime: lxd
        image: bare
        lans:
          internal: {subnet: 10.0.0.0/24}
        hosts:
          host1:
            nics:
              eth0: {lan: internal}
            bridges:
              lxdbr0: {ports: [eth0], managed-by: lxd}
            containers:
              c1: {bridge: lxdbr0, address: 10.0.0.11/24}
              c2: {bridge: lxdbr0, address: 10.0.0.12/24}
              \(third)
          host2:
            nics:
              eth0: {lan: internal, address: 10.0.0.2/24}
        """
    }

    private static func expect(_ status: Int32, of script: String, _ scripts: Scripts, _ bed: Bed) throws -> String {
        let run = try scripts.run(script, on: "host1", of: bed)
        #expect(run.status == status, "\(script): \(run.text)")
        return run.output
    }

    private static func host(_ line: String, _ bed: Bed) throws -> String {
        let run = try bed.run("host1", ["sh", "-c", line])
        #expect(run.status == 0, "\(line): \(run.text)")
        return run.output
    }

    private static func filter(_ bed: Bed) throws -> String {
        try host("iptables-save -t filter | grep -v '^#' | sed 's/ \\[.*//'", bed)
    }

    private static let ping = "lxc exec -n c1 -- ping -c 2 -W 1 10.0.0.12"

    @Test func dockersFirewallDropsLXDsFramesUntilTheyAreLetPass() throws {
        let bed = try Bed(.both)
        let scripts = try Scripts(Self.topology(""))
        #expect(try scripts.run("up.sh", on: "host2", of: bed).status == 0)
        _ = try Self.expect(0, of: "up.sh", scripts, bed)
        _ = try Self.expect(0, of: "check.sh", scripts, bed)
        _ = try Self.host("sh /run/start-docker", bed)
        let dockers = try Self.filter(bed)
        let ping = try bed.run("host1", ["sh", "-c", Self.ping])
        #expect(ping.output.contains("100% packet loss"), "\(ping.text)")
        let told = "frames between ports of lxdbr0 are dropped by FORWARD of iptables-nft, which Docker set to DROP"
        #expect(try Self.expect(1, of: "check.sh", scripts, bed).contains("#   cause: \(told): up.sh lets them pass\n"))

        let cure = """
              # FORWARD of iptables-nft drops what no rule lets pass, as Docker has set it
              iptables-nft -w 5 -N topoc-neighbours
              iptables-nft -w 5 -I DOCKER-USER -j topoc-neighbours
              iptables-nft -w 5 -A topoc-neighbours -i lxdbr0 -o lxdbr0 -j ACCEPT

            """
        #expect(try Self.expect(0, of: "up.sh", scripts, bed) == cure + "host1: up\n")
        _ = try Self.expect(0, of: "check.sh", scripts, bed)
        #expect(try Self.host(Self.ping, bed).contains(" 0% packet loss"))

        // A Docker that starts again puts its own rules first, and asks this chain as before.
        _ = try Self.host(
            "kill $(cat /run/docker.pid) && while docker version; do sleep 0.1; done; sh /run/start-docker", bed)
        _ = try Self.expect(0, of: "check.sh", scripts, bed)
        #expect(try Self.expect(0, of: "up.sh", scripts, bed) == "  nothing to do: all of it is there\nhost1: up\n")
        _ = try Self.expect(0, of: "down.sh", scripts, bed)
        #expect(try Self.filter(bed) == dockers)

        try Self.expectOneBridgeForBoth(bed)
        #expect(try Self.filter(bed) == dockers)
    }

    /// A container of Docker on the bridge that LXD manages, with LXD's.
    private static func expectOneBridgeForBoth(_ bed: Bed) throws {
        let scripts = try Scripts(Self.topology("d1: {bridge: lxdbr0, address: 10.0.0.13/24, runtime: docker}"))
        _ = try Self.expect(0, of: "up.sh", scripts, bed)
        let check = try Self.expect(0, of: "check.sh", scripts, bed)
        for pair in ["c1 reaches d1", "d1 reaches c2"] {
            #expect(check.contains(" - \(pair) "), "\(check)")
        }
        for target in ["10.0.0.11", "10.0.0.2"] {
            #expect(try Self.host("docker exec d1 ping -c 2 -W 2 \(target)", bed).contains(" 0% packet loss"))
        }
        _ = try Self.expect(0, of: "down.sh", scripts, bed)
        #expect(try Self.host("lxc list --columns n --format csv; docker ps --all --quiet", bed) == "")
    }
}
