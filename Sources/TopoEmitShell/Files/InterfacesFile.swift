internal import TopoEmit
internal import TopoModel
internal import TopoPlan
internal import TopoText

extension InnerConfiguration {
    /// interfaces(5), the whole file, since two entries for an interface are both obeyed; by commands that do no harm where
    /// up.sh was here first, and that busybox has too.
    var interfacesFile: ContainerFile {
        let interfaces = veths.flatMap { veth -> [String] in
            let name = veth.interface
            let mtu = veth.mtu.value == 1500 ? [] : ["mtu", String(veth.mtu.value)]
            // Not at lo: busybox's ifup gives that up where it is up already.
            let settings = settings.map { ["sysctl", "-q", "-w", "\($0.key)=\($0.value)"] }
            let own = loopback.map { ["ip", "address", "replace", "\($0)", "dev", InterfaceName.loopback] }
            let first = veth == veths.first ? settings + own : []
            let commands = first + [["ip", "link", "set", "dev", name] + mtu + ["up"]] + commands(for: name)
            return ["", "auto \(name)", "iface \(name) inet manual"] + commands.map { "    up \(shellLine($0))" }
        }
        let tagged = vlans.flatMap { vlan -> [String] in
            let name = vlan.name
            let words = VLANVerbs(place: .host).make(vlan, linkMTU: nil)[0].words
            // Two commands in one line are sh's.
            let there = shellLine(["[", "-e", "/proc/sys/net/ipv4/conf/\(name)", "]"])
            let commands = [["ip", "link", "set", "dev", name, "up"]] + commands(for: name)
            return ["", "auto \(name)", "iface \(name) inet manual", "    pre-up \(there) || \(shellLine(words))"]
                + commands.map { "    up \(shellLine($0))" }
        }
        return ContainerFile(
            manager: .ifupdown, path: "/etc/network/interfaces",
            lines: ["auto lo", "iface lo inet loopback"] + interfaces + tagged)
    }

    /// The commands for an interface's addresses and routes.
    private func commands(for name: String) -> [[String]] {
        addresses(of: name).map { ["ip", "address", "replace"] + AddressWords($0).words(dev: name) }
            + routes(of: name).map { route in
                let words = RouteWords(route)
                return words.ip + ["route", "replace"] + words.arguments()
            }
    }
}
