internal import TopoModel
internal import TopoPlan
internal import TopoText

/// A network adapter of a VM: a host's NIC, seen from VirtualBox.
struct Adapter {
    /// Which frames an internal network hands to an adapter whose guest asks for all of them.
    enum Promiscuity: String {
        /// Those for the adapter's own MAC, and those for groups.
        case deny
        /// Those that other VMs send, whatever MAC they are for.
        case allowVMs = "allow-vms"
    }

    /// The NIC's name.
    let nic: String
    /// The internal network that it is plugged into.
    let network: String
    /// Which frames it gets.
    let promiscuity: Promiscuity
    /// Why it gets those: a comment, a line each.
    let reason: [String]
    /// The MAC that the topology gives the NIC: 12 hexadecimal digits, as VirtualBox takes them.
    let mac: String?

    /// The adapter that a host's NIC is.
    /// - Returns: nil where the NIC is on no LAN that is a VirtualBox network.
    init?(_ nic: PlannedNIC, of host: HostPlan, in plan: Plan) {
        guard let lan = plan.lans.first(where: { $0.name == nic.lan }), let network = lan.virtualBoxNetwork else {
            return nil
        }
        self.nic = nic.name
        self.network = network
        mac = nic.mac.map { $0.value.description.replacingBytes(":", with: "") }
        let place = "\(nic.name), on LAN \"\(lan.name)\""
        guard let bridge = nic.bridge else {
            promiscuity = .deny
            let tunnels = host.tunnels.isEmpty ? "" : " What its tunnels carry is inside of such frames."
            reason = [
                "\(place): not in a bridge. Its frames have its own MAC, those of routed packets too, and VirtualBox",
                "knows that one: promiscuous mode is not needed.\(tunnels)",
            ]
            return
        }
        if lan.isPromiscuous {
            promiscuity = .allowVMs
            reason = [
                "\(place): a port of bridge \(bridge). Frames for the MACs behind the bridge come in by it,",
                "and VirtualBox drops all that are not for the adapter's own MAC, unless promiscuous mode is allowed.",
            ]
        } else {
            promiscuity = .deny
            reason = [
                "\(place): a port of bridge \(bridge), and the LAN is said to drop the frames for the MACs behind it",
                "(promiscuous: false). So VirtualBox shall.",
            ]
        }
    }
}
