import TopoModel

extension Sketch {
    /// What a test changes in the routed scenario.
    struct Changes {
        var forwarding1: Bool? = true
        var forwarding2: Bool? = true
        var bridge = "10.1.0.1/24"
        var c1 = "10.1.0.11/24"
        var gateway: String?
        var via1 = "172.16.1.2"
        var nic2 = "172.16.1.2/24"
        var link3 = ("10.2.0.1/30", "10.2.0.2/30")
        var link4 = ("10.2.0.5/30", "10.2.0.6/30")
    }

    /// Two hosts that route: one for two containers on a bridge, one for two on links of their own.
    func routed(_ changes: Changes = Changes()) -> Topology {
        let lan = lan("internal", "172.16.1.0/24")
        let host1 = host(
            "host1", forwarding: changes.forwarding1, nics: [nic("eth0", "internal", "172.16.1.1/24")],
            bridges: [bridge("lxdbr0", changes.bridge)], routes: [route("default", via: changes.via1)],
            containers: [
                container("c1", on: "lxdbr0", changes.c1, gateway: changes.gateway),
                container("c2", on: "lxdbr0", "10.1.0.12/24"),
            ])
        let host2 = host(
            "host2", forwarding: changes.forwarding2, nics: [nic("eth0", "internal", changes.nic2)],
            routes: [route("default", via: "172.16.1.1"), refusal("10.2.0.0/16")],
            containers: [
                link("c3", changes.link3.0, changes.link3.1), link("c4", changes.link4.0, changes.link4.1),
            ])
        return topology([lan], [host1, host2])
    }
}
