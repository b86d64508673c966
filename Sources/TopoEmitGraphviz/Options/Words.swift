internal import TopoEmit
internal import TopoModel
internal import TopoPlan

/// The words of a figure in its language. What commands print, as `default via`, is no word and stays as it is.
struct Words {
    let language: Language

    private func say(_ english: String, _ spanish: String) -> String {
        switch language {
        case .english: english
        case .spanish: spanish
        }
    }

    var router: String { say("router", "encaminador") }
    var host: String { say("host", "anfitrión") }
    var bridge: String { say("bridge", "puente") }
    var container: String { say("container", "contenedor") }
    var lan: String { say("LAN", "LAN") }
    var pointToPointLink: String { say("point-to-point link", "enlace punto a punto") }
    func pointToPointLinks(_ count: Int) -> String {
        say("\(count) point-to-point links", "\(count) enlaces punto a punto")
    }
    func answers(for addresses: String) -> String { say("answers for \(addresses)", "responde por \(addresses)") }
    var forwarding: String { say("IP forwarding", "reenvío IP") }
    var forwards: String { say("forwards", "reenvía") }
    var doesNotForward: String { say("does not forward", "no reenvía") }
    var all: String { say("all", "todo") }
    var itsAddress: String { say("its address", "su dirección") }
    var outside: String { say("outside", "exterior") }
    var gateway: String { say("gateway", "puerta de enlace") }
    func behind(_ lan: String) -> String { say("behind LAN \(lan)", "tras la LAN \(lan)") }
    var and: String { say("and", "y") }
    var key: String { say("key", "clave") }
    var group: String { say("group", "grupo") }
    var unicast: String { say("unicast", "unidifusión") }
    var udpPort: String { say("UDP port", "puerto UDP") }
    var network: String { say("VirtualBox network", "red de VirtualBox") }

    /// The VLANs of a port: `VLAN 10`, or `VLANs 10, 20-29 tagged`; none for a port of what does not tell VLANs apart.
    func vlans(_ vlans: PlannedPortVLANs) -> [String] { vlans.words(say) }

    /// That a bridge tells VLANs apart.
    var vlanFiltering: String { say("filters VLANs", "filtra VLAN") }

    func tunnels(_ count: Int) -> String { say("\(count) tunnels", "\(count) túneles") }
    func partOf(_ network: String) -> String { say("network \(network)", "red \(network)") }

    /// Which of the networks over the same underlay a tunnel interface is in: its VNI, or its key, where it has one.
    func network(of tunnel: PlannedTunnel) -> [String] {
        switch tunnel.kind {
        case .gretap(_, let key): key.map { ["\(self.key) \($0)"] } ?? []
        case .vxlan(let vni, _, _): ["VNI \(vni)"]
        }
    }

    func containers(_ count: Int) -> String { say("\(count) containers", "\(count) contenedores") }
    func inHost(_ host: String) -> String { say("in \(host)", "en \(host)") }
    func elsewhere(_ address: IPAddress) -> String { say("to \(address), elsewhere", "hasta \(address), fuera") }

    func ports(_ numbers: ClosedRange<Int>) -> String {
        guard numbers.count > 1 else { return say("port \(numbers.lowerBound)", "puerto \(numbers.lowerBound)") }
        let range = "\(numbers.lowerBound)–\(numbers.upperBound)"
        return say("ports \(range)", "puertos \(range)")
    }

    /// What joins containers: a bridge, or the NIC of which they are macvlan interfaces.
    func kind(of bridge: PlannedBridge) -> String { bridge.macvlanParent == nil ? self.bridge : "macvlan" }

    func manager(_ manager: Bridge.Manager) -> String {
        switch manager {
        case .topoc: say("made by the scripts", "lo hacen los guiones")
        case .lxd: say("managed by LXD", "lo gestiona LXD")
        case .existing: say("there before", "ya estaba")
        }
    }

    /// What a view is called in a title.
    func view(_ view: FigureView) -> String {
        switch view {
        case .layer2: say("layer 2", "capa 2")
        case .layer3: say("layer 3", "capa 3")
        case .underlay: say("underlay", "red subyacente")
        case .overlay: say("overlay", "red superpuesta")
        case .host(let name): say("host \(name)", "anfitrión \(name)")
        }
    }

    /// How much there is of a topology, for those who do not see its figure.
    func summary(hosts: Int, containers: Int, lans: Int, tunnels: Int) -> String {
        func count(_ number: Int, _ one: String, _ many: String) -> String { "\(number) \(number == 1 ? one : many)" }
        let parts = [
            count(hosts, say("host", "anfitrión"), say("hosts", "anfitriones")),
            count(containers, say("container", "contenedor"), say("containers", "contenedores")),
            count(lans, "LAN", say("LANs", "LAN")),
            count(
                tunnels, say("tunnel interface", "interfaz de túnel"), say("tunnel interfaces", "interfaces de túnel")),
        ]
        return parts.joined(separator: ", ")
    }
}
