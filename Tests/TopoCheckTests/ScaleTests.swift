import Testing
import TopoCheck
import TopoDiagnostics
import TopoModel

/// A hundred hosts with a hundred containers each, or thousands of one thing. How the time grows is for `make bench` to say.
@Suite struct ScaleTests {
    private let hosts = 100
    private let containers = 100

    /// A routed topology; `bridge` and `container` say the third and the last number of the addresses.
    private func findings(
        hosts: Int, containers: Int, subnet: (Int) -> Int, container: (Int) -> Int, forwarding: Bool? = true
    ) -> [Diagnostic] {
        let sketch = Sketch()
        let lan = sketch.lan("internal", "172.16.0.0/16")
        let all = (0..<hosts).map { host in
            let subnet = "10.1.\(subnet(host))"
            return sketch.host(
                "host\(host)", forwarding: forwarding,
                nics: [sketch.nic("eth0", "internal", "172.16.1.\(host + 1)/16")],
                bridges: [sketch.bridge("br0", "\(subnet).1/24")],
                routes: [sketch.route("default", via: "172.16.1.\((host + 1) % hosts + 1)")],
                containers: (0..<containers).map { index in
                    sketch.container("c\(index)", on: "br0", "\(subnet).\(container(index))/24", gateway: "\(subnet).1")
                })
        }
        return check(sketch.topology([lan], all))
    }

    @Test func findsNothingWhereNothingIsWrong() {
        // Their default routes form a ring, which is no error.
        let found = findings(hosts: hosts, containers: containers, subnet: { $0 }, container: { $0 + 2 })
        #expect(found.map(\.code) == [.defaultRoutesMeet])
    }

    @Test func reportsEachOfManyMistakesOnce() {
        let (hosts, containers) = (30, 30)
        func findings(subnet: (Int) -> Int, container: (Int) -> Int, forwarding: Bool? = true) -> [Diagnostic] {
            self.findings(
                hosts: hosts, containers: containers, subnet: subnet, container: container, forwarding: forwarding
            ).filter { $0.severity == .error }
        }
        #expect(
            findings(subnet: { _ in 0 }, container: { $0 + 2 }).map(\.code)
                == Array(repeating: .subnetsOverlap, count: hosts - 1))
        #expect(
            findings(subnet: { $0 }, container: { _ in 2 }).map(\.code)
                == Array(repeating: .duplicateAddress, count: hosts * (containers - 1)))
        #expect(
            findings(subnet: { $0 }, container: { _ in 255 }).count { $0.code == .networkOrBroadcastAddress } == hosts)
        #expect(
            findings(subnet: { $0 }, container: { $0 + 2 }, forwarding: nil).map(\.code)
                == Array(repeating: .mustForward, count: hosts))
    }

    @Test func oneSegmentMayHoldThemAll() {
        let sketch = Sketch()
        let all = (0..<hosts).map { host in
            sketch.host(
                "host\(host)", nics: [sketch.nic("eth0", "internal")], bridges: [sketch.bridge("br0", ports: ["eth0"])],
                containers: (0..<containers).map { sketch.container("c\($0)", on: "br0", "10.0.\(host).\($0 + 1)/16") })
        }
        #expect(check(sketch.topology([sketch.lan("internal", "10.0.0.0/16")], all)).isEmpty)
    }

    /// Each of them with a subnet of its own, on a link, and one host that has no route to the others'.
    @Test func aMissingRouteAmongThousandsOfSubnets() {
        let (hosts, containers) = (60, 60)
        let sketch = Sketch()
        let all = (0..<hosts).map { host in
            sketch.host(
                "host\(host)", forwarding: true, nics: [sketch.nic("eth0", "internal", "172.16.1.\(host + 1)/16")],
                routes: host == 50
                    ? []
                    : (0..<hosts).filter { $0 != host }.map {
                        sketch.route("10.\($0).0.0/16", via: "172.16.1.\($0 + 1)")
                    },
                containers: (0..<containers).map { index in
                    sketch.link(
                        "c\(index)", "10.\(host).\(index).1/30", "10.\(host).\(index).2/30")
                })
        }
        let found = check(sketch.topology([sketch.lan("internal", "172.16.0.0/16")], all))
        #expect(found.map(\.code) == [.noRoute])
        #expect(found.first?.message.hasPrefix("host \"host50\" has no route back to 10.0.0.0/30") == true)
    }

    /// A hub knows the way to all others, and one far down the file knows none back.
    @Test func aMissingRouteFarDownTheFile() {
        let (count, lacking) = (700, 690)
        let sketch = Sketch()
        func subnet(_ host: Int) -> String { "10.\(host / 250).\(host % 250)" }
        func router(_ host: Int) -> String { "172.16.\(host / 250).\(host % 250 + 1)" }
        let all = (0..<count).map { host in
            let routes = host > 0 ? [] : (1..<count).map { sketch.route("\(subnet($0)).0/24", via: router($0)) }
            return sketch.host(
                "host\(host)", forwarding: true, nics: [sketch.nic("eth0", "internal", "\(router(host))/16")],
                bridges: [sketch.bridge("br0", "\(subnet(host)).1/24")],
                routes: host == 0 || host == lacking ? routes : [sketch.route("default", via: router(0))],
                containers: [sketch.container("c\(host)", on: "br0", "\(subnet(host)).2/24")])
        }
        let found = check(sketch.topology([sketch.lan("internal", "172.16.0.0/16")], all))
        #expect(
            found.map(\.message) == [
                "host \"host\(lacking)\" has no route back to 10.0.0.0/24: \"c0\" gets no answer from \"c\(lacking)\""
            ])
        #expect(found.first?.notes.contains("\(count - 2) more of such pairs end there") == true)
    }

    @Test func aHostMayHaveManyTunnels() {
        let sketch = Sketch()
        let all = [(1, "h2"), (2, "h1")].map { number, far in
            sketch.host(
                "h\(number)", nics: [sketch.nic("eth0", "wire", "172.16.0.\(number)/16")],
                tunnels: (1...2000).map { sketch.vxlan("vx\($0)", UInt32($0), to: far) },
                bridges: (1...2000).map { index in
                    sketch.bridge("br\(index)", "10.\(index / 256).\(index % 256).\(number)/24", ports: ["vx\(index)"])
                })
        }
        #expect(check(sketch.topology([sketch.lan("wire", "172.16.0.0/16")], all)).isEmpty)
    }

    @Test func aHostMayHaveManyBridges() {
        let sketch = Sketch()
        let count = 10_000
        let host = sketch.host(
            "h1", forwarding: true,
            bridges: (0..<count).map { sketch.bridge("br\($0)", "10.\($0 / 256).\($0 % 256).1/24") },
            containers: (0..<count).map { sketch.container("c\($0)", on: "br\($0)", "10.\($0 / 256).\($0 % 256).2/24") }
        )
        #expect(check(sketch.topology([], [host])).isEmpty)
    }
}
