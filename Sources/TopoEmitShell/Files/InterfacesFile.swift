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
            let addresses = addresses(of: veth).map {
                ["ip", "address", "replace"] + AddressWords($0).words(dev: name)
            }
            let routes = routes(of: veth).map { route in
                let words = RouteWords(route)
                return words.ip + ["route", "replace"] + words.words + words.options
            }
            // Not at lo: busybox's ifup gives that up where it is up already.
            let settings = settings.map { ["sysctl", "-q", "-w", "\($0.key)=\($0.value)"] }
            let own = loopback.map { ["ip", "address", "replace", "\($0)", "dev", InterfaceName.loopback] }
            let first = veth == veths.first ? settings + own : []
            let commands = first + [["ip", "link", "set", "dev", name] + mtu + ["up"]] + addresses + routes
            return ["", "auto \(name)", "iface \(name) inet manual"] + commands.map { "    up \(shellLine($0))" }
        }
        return ContainerFile(
            manager: .ifupdown, path: "/etc/network/interfaces",
            lines: ["auto lo", "iface lo inet loopback"] + interfaces)
    }
}
