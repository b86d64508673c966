import TopoDiagnostics
import TopoDriver
import TopoEmit
import TopoEmitVirtualBox
import TopoModel
import TopoPlan
import TopoTemplates

/// Two hosts whose bridges are joined by the LAN between them.
let bridged = """
    topology: net
    runtime: netns
    lans:
      internal: {subnet: 10.0.0.0/24, virtualbox: {network: intnet}}
    hosts:
      host1:
        nics: {eth0: {lan: internal}}
        bridges: {br0: {ports: [eth0]}}
        containers: {c1: {bridge: br0, address: 10.0.0.11/24}}
      host2:
        nics: {eth0: {lan: internal, mac: "02:aB:00:00:00:02"}}
        bridges: {br0: {ports: [eth0]}}
        containers: {c2: {bridge: br0, address: 10.0.0.12/24}}

    """

/// Two hosts that route, and a NIC that is on no LAN.
let routed = """
    topology: net
    runtime: netns
    lans:
      wire: {subnet: 172.16.1.0/24, virtualbox: {network: wire}}
      other: {subnet: 172.16.2.0/24, virtualbox: {network: other}}
    hosts:
      host1:
        nics:
          enp0s3: {}
          enp0s8: {lan: wire, address: 172.16.1.1/24}
          enp0s9: {lan: other, address: 172.16.2.1/24}
      host2:
        nics:
          enp0s8: {lan: wire, address: 172.16.1.2/24}
          enp0s9: {lan: other, address: 172.16.2.2/24}

    """

/// What a topology that has errors has.
struct Refused: Error, CustomStringConvertible {
    let description: String
}

/// The files that the backend writes for the text of a topology.
func files(_ text: String, despiteErrors: Bool = false) throws -> [Artifact] {
    let source = SourceFile(path: "net.topo", bytes: Array(text.utf8))
    let outcome = try compile(
        source, only: [VirtualBoxBackend.name], despiteErrors: despiteErrors, templates: builtIn.get())
    guard let compilation = outcome.output else {
        throw Refused(description: outcome.diagnostics.map(\.message).joined(separator: "\n"))
    }
    return compilation.artifacts.filter { !$0.path.hasPrefix("lab/") }
}

/// The script for the text of a topology.
func script(_ text: String, despiteErrors: Bool = false) throws -> String {
    guard let file = try files(text, despiteErrors: despiteErrors).first else {
        throw Refused(description: "there is no virtualbox.sh")
    }
    return file.contents
}

/// The script for a plan of one host, with a NIC on a LAN of each network's name.
func script(host: String, networks: [String], title: String = "net") throws -> String {
    let span = Span(0, 1)
    let mtu = Setting(1500, .written(span))
    let objects = networks.enumerated().map { number, network in
        let nic = PlannedNIC(name: "eth\(number)", lan: network, bridge: nil, mac: nil, mtu: mtu)
        return PlannedObject(.nic(nic), in: .host, for: .nic(nic.name), from: span)
    }
    let lans = networks.enumerated().map { number, network in
        PlannedLAN(
            name: network, subnets: [], mtu: mtu, isPromiscuous: true, virtualBoxNetwork: network,
            plugs: [.init(host: host, nic: "eth\(number)")], description: nil)
    }
    let plan = Plan(
        name: "net", title: title, description: nil, runtime: .netns, bridgeTools: .iproute2, lans: lans,
        hosts: [HostPlan(name: host, description: nil, objects: objects)], checks: [])
    return VirtualBoxBackend().emit(plan, templates: try builtIn.get())[0].contents
}

/// The built-in templates, whose functions and frames are read once for all tests of the module.
let builtIn = Result { try Templates() }
