/// A topology of all that is short, drawn by chance: networks of every kind, links, automatic addresses, groups and static routes
/// over a few hosts, some of them in ranges.
struct RandomShort {
    private(set) var text = ""
    private var state: UInt64

    init(seed: Int) {
        state = UInt64(seed) &* 0x9E37_79B9_7F4A_7C15 &+ 1
        let hosts = number(2...4)
        let hasOther = falls(30)
        text = "topology: short\nruntime: netns\n"
        if falls(30) { text += "routing: static\n" }
        text += "lans:\n  lan: {subnet: 172.16.0.0/24}\n"
        if hasOther { text += "  other: {subnet: [172.17.0.0/24, \"fd17::/64\"]}\n" }
        var kinds: [String] = []
        for _ in 0..<number(1...3) {
            let kind = ["vxlan", "gretap", "routed", "bridged"][number(0...3)]
            kinds.append(kind == "bridged" && kinds.contains(kind) ? "vxlan" : kind)
        }
        text += "networks:\n"
        for (index, kind) in kinds.enumerated() { text += "  n\(index): \(network(index, kind, hasOther))\n" }
        let nics =
            hasOther
            ? "eth0: {lan: lan, address: auto}, eth1: {lan: other, address: auto}" : "eth0: {lan: lan, address: auto}"
        if falls(50) { text += "links: [[\"x:cable\", \"y:cable\"]]\n" }
        let hasCable = text.contains("cable")
        text += "hosts:\n  h1..h\(hosts):\n    nics: {\(nics)}\n    containers:\n"
        for (index, kind) in kinds.enumerated() {
            let link = kind == "routed" && falls(40) ? ", p2p: auto" : ""
            text += "      c\(index)x1..c\(index)x\(number(1...3)): {network: n\(index)\(link)}\n"
        }
        if kinds.count > 1, kinds[0] != "routed", kinds[1] != "routed", falls(50) {
            text += "      both: {interfaces: {eth0: {network: n0}, eth1: {network: n1, address: none}}}\n"
        }
        for (name, end) in [("x", 1), ("y", 2)] {
            text += "  \(name):\n    nics: {\(nics)\(hasCable ? ", cable: {address: 10.200.0.\(end)/30}" : "")}\n"
            if falls(30) {
                text += "    bridges: {n0: {\(falls(50) ? "part-of: mine, " : "")description: \"written\"}}\n"
            }
            text += "    containers: {\(name)1: {network: n0\(falls(30) ? ", mtu: 1300" : "")}}\n"
        }
        if falls(50) { text += "groups: {some: [x/x1, h1..h2/c0x1]}\n" }
        text += "checks:\n  - {ping: [x/x1, y/y1]}\n"
        if text.contains("groups") { text += "  - {ping: [some, y/y1]}\n" }
        if kinds.count > 1, falls(50) { text += "  - {isolated: [n0, n1]}\n" }
    }

    private mutating func network(_ index: Int, _ kind: String, _ hasOther: Bool) -> String {
        let subnet = falls(30) ? "[10.\(index).0.0/16, \"fd0\(index)::/48\"]" : "10.\(index).0.0/\(number(20...24))"
        var keys = ["kind: \(kind)", "subnet: \(subnet)"]
        if hasOther { keys.append("over: \(falls(50) ? "lan" : "other")") }
        switch kind {
        case "vxlan":
            if falls(30) { keys.append("vni: \(number(1...16_777_215))") }
            if falls(30) { keys.append("group: 239.1.1.\(index + 1)") }
            if falls(20) { keys.append("port: 8472") }
        case "gretap" where falls(40): keys.append("hub: y")
        case "routed" where falls(30) && !subnet.hasPrefix("["): keys.append("slice: 28")
        default: break
        }
        if falls(20) { keys.append("gateway: x") }
        if falls(20) { keys.append("hosts: [x, y]") }
        return "{\(keys.joined(separator: ", "))}"
    }

    private mutating func number(_ range: ClosedRange<Int>) -> Int {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return range.lowerBound + Int((state >> 33) % UInt64(range.count))
    }

    private mutating func falls(_ percent: Int) -> Bool { number(0...99) < percent }
}
