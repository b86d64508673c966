import Foundation
import Testing

/// The report in a real browser: it loads without a complaint and tells the predicted ways.
@Suite(.enabled(if: Browser.isThere, "chromium-driver and Graphviz are not installed"), .serialized)
final class ReportPageTests {
    private let folder = FileManager.default.temporaryDirectory.appendingPathComponent("topoc-report-\(UUID())")

    init() throws { try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true) }

    deinit { try? FileManager.default.removeItem(at: folder) }

    /// The page of a topology of the project, or of a text.
    private func page(_ name: String? = nil, text: String = "") throws -> String {
        let (source, page) = (folder.appendingPathComponent("t.topo"), folder.appendingPathComponent("report.html"))
        try Data(text.utf8).write(to: source)
        let file = name.map { Browser.root.appendingPathComponent("topologies/\($0).topo").path } ?? source.path
        let run = try Tool.run(Tool.topoc, ["report", file, "-o", page.path])
        try #require(run.status == 0, "\(run.error)")
        return page.path
    }

    @Test func clickingTwoContainersTellsThePredictedHops() throws {
        let visit = try Browser.visit(
            try page("routed"), "--click", "l2/host:host1/container:c1", "--click", "l2/host:host2/container:c3")
        #expect(visit.log == [] && visit.requests == [])
        #expect(visit.title == "Routed scenario")
        #expect(visit.hops == ["host1/c1", "host1", "host2", "host2/c3"])
        #expect(visit.steps.contains("LAN internal: from host1 eth0 to host2 eth0"))
        #expect(visit.result.contains("answered, in packets of up to 1500 bytes"))
        #expect(visit.result.contains("The answer comes back through host2, host1."))
        let lines = [
            "container:c1/interface:eth0", "ip:eth0", "ip:lxdbr0", "plug:eth0",
        ].map { "l2/host:host1/\($0)" }
        #expect(visit.lit.filter { $0.hasPrefix("l2/host:host1") } == lines)
        #expect(visit.lit.contains("l3/host:host2/interface:veth-c3/subnet:10.2.0.0-30"))
    }

    @Test func aTunnelsUnderlayIsToldByKeyboardToo() throws {
        let visit = try Browser.visit(
            try page("gre-routed-underlay"), "--dark", "--fill", "from=c1", "--fill", "to=host3/c4", "--press", "enter")
        #expect(visit.log == [])
        #expect(visit.hops == ["host1/c1", "host3/c4"])
        #expect(visit.result.contains("Ethernet over GRE, 172.16.1.1 to 172.16.2.3, 38 bytes more"))
        #expect(visit.result.contains("router receives it on eth0, out on eth1 to 172.16.2.3"))
        #expect(visit.lit.contains("overlay/overlay:1/host:host1/tunnel:eltunelgre"))
        #expect(visit.background == "rgb(21, 25, 30)", "the dark theme's")
    }

    @Test func foldedContainersOfAThousandAreTraced() throws {
        var text = "topology: many\nruntime: netns\nlans: {lan: {subnet: 172.16.0.0/16}}\nhosts:\n"
        for host in 1...4 {
            text += "  h\(host):\n    nics: {eth0: {lan: lan, address: 172.16.0.\(host)/16}}\n"
            text += "    tunnels: {vx0: {type: vxlan, vni: 1, group: 239.1.1.1, dev: eth0}}\n"
            text += "    bridges: {br0: {ports: [vx0]}}\n    containers:\n"
            for number in 1...250 {
                text += "      h\(host)c\(number): {bridge: br0, address: 10.0.\(host).\(number)/16}\n"
            }
        }
        let visit = try Browser.visit(
            try page(text: text), "--size", "390x844", "--fill", "from=h1c77", "--fill", "to=h4c249", "--press",
            "enter",
            "--fill", "search=10.0.2.")
        #expect(visit.log == [])
        #expect(visit.hops == ["h1/h1c77", "h4/h4c249"])
        #expect(visit.steps.first == "veth pair: eth0 in h1/h1c77 to veth-h1c77 in h1")
        #expect(visit.lit.contains("l2/host:h1/container:h1c1/interface:eth0"), "the folded ones' line")
        #expect(visit.rows == 250, "the search leaves h2's containers")
        #expect(visit.width == 390, "nothing is wider than a phone")
    }

    @Test func whatIsNotReachedIsToldWithItsReason() throws {
        let visit = try Browser.visit(
            try page(
                text: """
                    topology: apart
                    title: "</script><img src=x onerror=alert(1)> & 'quotes'"
                    runtime: netns
                    hosts:
                      h1:
                        forwarding: false
                        bridges: {br0: {address: 10.1.0.1/24}, br1: {address: 10.2.0.1/24}}
                        containers:
                          c1: {bridge: br0, address: 10.1.0.2/24, gateway: none}
                          c2: {bridge: br1, address: 10.2.0.2/24, gateway: none}

                    """), "--click", "l2/host:h1/container:c1", "--click", "l2/host:h1/container:c2")
        #expect(visit.log == [])
        #expect(visit.title == "</script><img src=x onerror=alert(1)> & 'quotes'")
        #expect(visit.result.contains("not answered: h1/c1 has no route to 10.2.0.2"))
    }
}
