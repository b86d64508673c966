import Testing
import TopoDriver
import TopoForwarding
import TopoModel
import TopoPlan

/// What the files say of a container with a single address.
@Suite struct SingleAddressFileTests {
    private func files(_ text: String) throws -> [String: String] { try OutsideTests.files(text) }

    /// The same with a container of LXD.
    private func lxd(_ text: String) -> String {
        text.replacing("runtime: netns\n", with: "runtime: lxd\nimage: some\n")
    }

    /// The lines of `plain.sh`, those that go on in the next as one.
    private func commands(_ text: String, _ host: String = "host1") throws -> [String] {
        let plain = try #require(files(text)["\(host)/plain.sh"])
        return plain.replacing(/\ \\\n\ +/, with: " ").split(separator: "\n").map(String.init)
    }

    /// The route and the entry for one address, and no more; `proxy_ndp` for IPv6 alone.
    @Test func theScriptsAnswerForOneAddress() throws {
        let text = SingleAddressTests.text(SingleAddressTests.both)
        let own = try commands(text)
        for line in [
            "sysctl -q -w net.ipv6.conf.all.proxy_ndp=1", "ip address replace 169.254.0.1/32 dev veth-web",
            "ip address replace fe80::1/128 dev veth-web", "ip route replace 203.0.113.20 dev veth-web",
            "ip -6 route replace 2001:db8::20 dev veth-web", "ip neighbour replace proxy 203.0.113.20 dev eth0",
            "ip neighbour replace proxy 2001:db8::20 dev eth0",
            "ip netns exec web ip route replace default via 169.254.0.1 dev eth0 onlink",
            "ip netns exec web ip -6 route replace default via fe80::1 dev eth0",
            "# host1 answers for 203.0.113.20 on eth0.",
        ] {
            #expect(own.contains(line), "\(line)")
        }
        #expect(!own.contains { $0.contains("proxy_arp") || $0.contains("conf.eth0") })
        #expect(try !commands(text, "host2").contains { $0.contains("proxy") })
        let four = try commands(SingleAddressTests.text("{container: 203.0.113.20/32, announce: eth0}"))
        #expect(!four.contains { $0.contains("proxy_ndp") })
        // The address of the host's end is on every such link: it is asked of none whether it is free.
        let up = try #require(files(text)["host1/up.sh"])
        #expect(up.contains("free_address 203.0.113.10 eth0") && !up.contains("free_address 169.254.0.1"))
    }

    @Test func anInstanceHasARoutedNIC() throws {
        let own = try commands(lxd(SingleAddressTests.text(SingleAddressTests.both)))
        let device = try #require(own.first { $0.hasPrefix("lxc config device add web eth0 nic ") })
        #expect(
            device.contains(
                " nictype=routed parent=eth0 ipv4.address=203.0.113.20 ipv6.address=2001:db8::20 name=eth0 "))
        #expect(!device.contains("gateway"))
        // What LXD asks of the parent is there before the container starts.
        let setting = try #require(own.firstIndex(of: "sysctl -q -w net.ipv6.conf.eth0.proxy_ndp=1"))
        let start = try #require(own.firstIndex(of: "lxc start web"))
        #expect(setting < start)
    }

    @Test(arguments: [
        ("{container: 198.18.0.5/32}", "", "nictype=routed ipv4.address=198.18.0.5 name=eth0 "),
        (
            "{container: 203.0.113.20/32, announce: eth0}", "gateway: none",
            "nictype=routed parent=eth0 ipv4.address=203.0.113.20 ipv4.gateway=none name=eth0 "
        ),
        // One parent for both: else the scripts alone make the entries.
        (
            "[{container: 203.0.113.20/32, announce: eth0}, {container: \"2001:db8:f::20/128\"}]", "",
            "nictype=routed ipv4.address=203.0.113.20 ipv6.address=2001:db8:f::20 name=eth0 "
        ), ("10.2.0.0/30", "", "nictype=p2p name=eth0 "),
    ])
    func theNICHasWhatTheLinkHas(link: String, container: String, properties: String) throws {
        let text = lxd(SingleAddressTests.text(link, container: container))
        let own = try commands(text)
        #expect(own.contains { $0.hasPrefix("lxc config device add web eth0 nic \(properties)") }, "\(own)")
    }

    @Test func theUnitsHaveIt() throws {
        let files = try files(SingleAddressTests.text(SingleAddressTests.both))
        let folder = "host1/networkd"
        let service = try #require(files["\(folder)/topoc-single-announce.service"])
        for line in [
            "ExecStart=/bin/ip neighbour replace proxy 203.0.113.20 dev eth0",
            "ExecStart=/bin/ip neighbour replace proxy 2001:db8::20 dev eth0",
            "ExecStop=-/bin/ip neighbour delete proxy 203.0.113.20 dev eth0", "Restart=on-failure",
        ] {
            #expect(service.contains("\n\(line)\n"), "\(line)")
        }
        let settings = try #require(files["\(folder)/60-topoc-single.conf"])
        #expect(settings.hasSuffix("net.ipv6.conf.all.forwarding = 1\nnet.ipv6.conf.all.proxy_ndp = 1\n"))
        let link = try #require(files["\(folder)/05-topoc-veth-web.network"])
        for lines in [
            "Address=169.254.0.1/32\n", "Address=fe80::1/128\n",
            "[Route]\nDestination=203.0.113.20/32\nScope=link\n", "[Route]\nDestination=2001:db8::20/128\n",
        ] {
            #expect(link.contains(lines), "\(link)")
        }
        let install = try #require(files["\(folder)/install.sh"])
        for line in [
            "drop_nat topoc-single-announce.service", "place_announcements topoc-single-announce",
            "is_set net.ipv6.conf.all.proxy_ndp 1 || keep_setting net.ipv6.conf.all.proxy_ndp",
        ] {
            #expect(install.contains("    \(line)\n"), "\(line)")
        }
        let netplan = try #require(files["host1/netplan/05-topoc.yaml"])
        #expect(netplan.contains("\n# - announced addresses: they are in ../networkd/*-announce.service"))
        let other = try #require(files["host2/networkd/install.sh"])
        #expect(
            !other.contains("place_announcements topoc") && files["host2/networkd/topoc-single-announce.service"] == nil
        )
    }

    @Test func theReportAndTheFiguresHaveIt() throws {
        let files = try files(SingleAddressTests.text(SingleAddressTests.both))
        let json = try #require(files["topology.json"])
        #expect(json.contains("\"announcements\""))
        #expect(json.replacing(/\s+/, with: "").contains("{\"address\":\"203.0.113.20\",\"interface\":\"eth0\"}"))
        let runbook = try #require(files["RUNBOOK.md"])
        #expect(
            runbook.contains(
                "with 169.254.0.1/32 fe80::1/128, answered for on `eth0`: 203.0.113.20, answered for on `eth0`: 2001:db8::20 |"
            ))
        let figures = files.filter { $0.key.hasSuffix(".dot") }
        let layer2 = try #require(figures.first { $0.key.contains("l2") }).value
        #expect(layer2.contains("answers for 203.0.113.20"))
        // Both ends of the link are in one subnet, the container's.
        let layer3 = try #require(figures.first { $0.key.contains("l3") }).value
        #expect(layer3.contains("203.0.113.20/32") && !layer3.contains("169.254.0.1/32"))
    }
}
