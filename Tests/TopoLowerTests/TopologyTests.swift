import Testing
import TopoDiagnostics
import TopoLower
import TopoModel

@Suite("A topology's values")
struct TopologyTests {
    @Test("all that the file says of itself")
    func header() throws {
        let topology = try Lowered(
            """
            topology: lab-1
            title: "A title: with signs"
            description: |
              Two lines,
              the second.
            runtime: docker
            image: alpine:3
            bridge-tools: iproute2
            hosts: {}
            """
        ).sound()
        #expect(topology.name.value == "lab-1")
        #expect(topology.title?.value == "A title: with signs")
        #expect(topology.description == "Two lines,\nthe second.\n")
        #expect(topology.runtime == .docker)
        #expect(topology.image?.value == "alpine:3")
        #expect(topology.bridgeTools == .iproute2)
        #expect(topology.isComplete)
    }

    @Test("defaults, and a host without keys")
    func defaults() throws {
        let topology = try Lowered("topology: t\nhosts:\n  h1:\n  h2: {nics: {eth0: }}").sound()
        #expect(topology.runtime == .lxd)
        #expect(topology.bridgeTools == .brctl)
        #expect(topology.title == nil)
        #expect(topology.hosts.map(\.name.value) == ["h1", "h2"])
        #expect(topology.hosts[1].nics.map(\.name.value) == ["eth0"])
        #expect(topology.hosts[0].forwarding == nil)
    }

    @Test("a LAN's keys")
    func lans() throws {
        let text = """
            topology: t
            lans:
              internal: {subnet: [10.0.0.0/24, 10.0.1.0/24], mtu: 9000, promiscuous: false,
                virtualbox: {network: intnet}, description: the lab's}
              other: {subnet: 10.0.2.0/24}
            hosts: {}
            """
        let lans = try Lowered(text).sound().lans
        #expect(lans.map(\.name.value) == ["internal", "other"])
        #expect(lans[0].subnets.map(\.value.description) == ["10.0.0.0/24", "10.0.1.0/24"])
        #expect(lans[0].mtu?.value == 9000)
        #expect(lans[0].promiscuous?.value == false)
        #expect(lans[0].virtualBoxNetwork?.value == "intnet")
        #expect(lans[0].description == "the lab's")
        #expect(lans[1].subnets.count == 1)
    }

    @Test("a host's NICs and bridges")
    func devices() throws {
        let text = hostText(
            """
            forwarding: true
            description: the first
            nics:
              eth0: {lan: lan1, address: 172.16.1.1/24, mtu: 1400, mac: "02:00:00:00:00:01"}
              eth1: {lan: lan1}
            bridges:
              br0: {addresses: [10.1.0.2/24, 10.1.0.3/24], address: 10.1.0.1/24, ports: [eth1],
                managed-by: lxd, stp: true, mac: 02:00:00:00:00:02, mtu: 1450}
            """)
        let host = try #require(try Lowered(text).sound().hosts.first)
        #expect(host.forwarding?.value == true)
        #expect(host.description == "the first")
        #expect(host.nics[0].lan?.value == "lan1")
        #expect(host.nics[0].mtu?.value == 1400)
        #expect(host.nics[0].mac?.value.description == "02:00:00:00:00:01")
        #expect(host.nics[1].addresses.isEmpty)
        let bridge = try #require(host.bridges.first)
        #expect(bridge.addresses.map(\.value.description) == ["10.1.0.1/24", "10.1.0.2/24", "10.1.0.3/24"])
        #expect(bridge.ports.map(\.value) == ["eth1"])
        #expect(bridge.managedBy?.value == .lxd)
        #expect(bridge.stp?.value == true)
        #expect(bridge.mac?.value.description == "02:00:00:00:00:02")
        #expect(bridge.mtu?.value == 1450)
    }

    @Test("docker: of the topology, of a host, and of no other runtime's containers")
    func docker() throws {
        let topology = try Lowered(
            """
            topology: t
            runtime: docker
            docker: native
            image: a
            hosts:
              h1: {bridges: {br0: }, containers: {c1: {bridge: br0}, c2: {bridge: br0, runtime: netns}}}
              h2: {docker: by-hand, bridges: {br0: }, containers: {c3: {bridge: br0}}}
            """
        ).sound()
        #expect(topology.hosts.flatMap(\.containers).map(\.docker) == [.native, .byHand, .byHand])
        let container = "bridges: {br0: }, containers: {c1: {bridge: br0, runtime: netns}}"
        #expect(
            try Lowered("topology: t\nhosts:\n  h1: {docker: native, \(container)}").findings
                == ["T0205 «docker» host \"h1\" has \"docker\", but no Docker container"])
        #expect(
            try Lowered("topology: t\nruntime: docker\ndocker: none\nhosts: {}").findings
                == ["T0204 «none» \"docker\" must be by-hand, native or macvlan, found \"none\""])
    }

    @Test("spans are those of the values, quotes included")
    func spans() throws {
        let lowered = try Lowered(hostText("forwarding: true\nnics: {eth0: {address: \"172.16.1.1/24\"}}"))
        let host = try #require(try lowered.sound().hosts.first)
        #expect(host.forwarding.map { lowered.source.text(of: $0.span) } == "true")
        #expect(host.nics.map { lowered.source.text(of: $0.name.span) } == ["eth0"])
        #expect(host.nics[0].addresses.map { lowered.source.text(of: $0.span) } == ["\"172.16.1.1/24\""])
    }

    @Test("interfaces is another spelling of a host's nics")
    func interfacesOfHost() throws {
        let host = try #require(try Lowered(hostText("interfaces: {eth0: {lan: lan1}}")).sound().hosts.first)
        #expect(host.nics.map(\.name.value) == ["eth0"])
    }
}
