import Testing

/// Tunnels are joined to those that they reach, and to no others.
@Suite struct OverlayTests {
    /// Hosts on one LAN with a VXLAN each to the hosts listed.
    private func vxlan(_ remotes: [[Int]]) -> String {
        let hosts = remotes.enumerated().map { index, remotes in
            """
              host\(index + 1):
                nics: {eth0: {lan: lan, address: 172.16.1.\(index + 1)/24}}
                tunnels: {vx: {type: vxlan, vni: 42, remotes: [\(remotes.map { "host\($0)" }.joined(separator: ", "))]}}
                bridges: {br0: {ports: [vx]}}
                containers: {c\(index + 1): {bridge: br0, address: 10.0.0.\(index + 1)/24}}

            """
        }
        return "topology: t\nruntime: netns\nlans: {lan: {subnet: 172.16.1.0/24}}\nhosts:\n" + hosts.joined()
    }

    private func ends(_ text: String) throws -> [String] {
        Figures.edges(try Figures(of: text).layer2).filter { $0.contains("overlay:") }.map { edge in
            let parts = edge.split(separator: " ").map { $0.split(separator: ":s")[0].split(separator: ":n")[0] }
            let overlay = parts.first { $0.hasPrefix("overlay:") } ?? ""
            let host = parts.first { $0.hasPrefix("host:") } ?? ""
            return "\(overlay.dropFirst(8)) \(host.dropFirst(5).prefix(while: { $0 != "/" }))"
        }
    }

    @Test func aFullMeshIsOneOverlay() throws {
        #expect(try ends(vxlan([[2, 3], [1, 3], [1, 2]])) == ["1 host1", "1 host2", "1 host3"])
    }

    @Test func aStarIsALinkForEachPair() throws {
        #expect(try ends(vxlan([[2, 3], [1], [1]])) == ["1 host1", "1 host2", "2 host1", "2 host3"])
    }

    @Test func theSameContainersAreInOneSubnetOfTheOverlay() throws {
        let edges = Figures.edges(try Figures(of: vxlan([[2, 3], [1, 3], [1, 2]])).layer3)
        #expect(edges.count { $0.contains("subnet:10.0.0.0-24") } == 3)
    }

    @Test func gretapEndsArePairedByAddressAndKey() throws {
        // The second host lists its tunnels the other way round.
        func host(_ number: Int, _ far: Int) -> String {
            let tunnels = [
                "a: {type: gretap, remote: host\(far), key: 1}", "b: {type: gretap, remote: host\(far), key: 2}",
            ]
            return """
                  host\(number):
                    nics: {eth0: {lan: lan, address: 172.16.1.\(number)/24}}
                    tunnels:
                      \(tunnels[number - 1])
                      \(tunnels[2 - number])
                    bridges: {br0: {ports: [a]}, br1: {ports: [b]}}
                    containers:
                      c\(number): {bridge: br0, address: 10.0.0.\(number)/24}
                      d\(number): {bridge: br1, address: 10.0.1.\(number)/24}

                """
        }
        let text =
            "topology: t\nruntime: netns\nlans: {lan: {subnet: 172.16.1.0/24}}\nhosts:\n" + host(1, 2) + host(2, 1)
        #expect(try ends(text) == ["1 host1", "1 host2", "2 host1", "2 host2"])
        let figure = try Figures(of: text).layer2
        let pipes = Figures.edges(figure).filter { $0.contains("overlay:") }
        for (overlay, tunnel) in [("overlay:1", "a"), ("overlay:2", "b")] {
            let own = pipes.filter { $0.contains(overlay) }
            #expect(own.count == 2 && own.allSatisfy { $0.contains("tunnel:\(tunnel)") }, "\(own)")
        }
        #expect(figure.contains("key 1") && figure.contains("key 2") && figure.contains("172.16.1.1 – 172.16.1.2"))
    }

    /// Of each host all of its tunnels are counted.
    @Test func theSummaryCountsTunnelsAndNotTheirHosts() throws {
        func host(_ number: Int, _ far: Int) -> String {
            let tunnels = (1...3).map { "t\($0): {type: gretap, remote: host\(far), key: \($0)}" }
            return """
                  host\(number):
                    nics: {eth0: {lan: lan, address: 172.16.1.\(number)/24}}
                    tunnels: {\(tunnels.joined(separator: ", "))}

                """
        }
        let text =
            "topology: t\nruntime: netns\nlans: {lan: {subnet: 172.16.1.0/24}}\nhosts:\n" + host(1, 2) + host(2, 1)
        #expect(try Figures(of: text).layer2.contains("2 hosts, 0 containers, 1 LAN, 6 tunnel interfaces"))
    }
}
