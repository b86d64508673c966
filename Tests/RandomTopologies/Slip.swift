import RandomNumbers
import Foundation

/// The slips that people make.
extension Draft {
    /// Where a setting is.
    private struct Place {
        let host: Int
        let group: any WritableKeyPath<Host, [Part]> & Sendable
        let part: Int
    }

    /// Makes one slip; what was done, in words, or nil where this one cannot be made.
    mutating func slip(_ dice: inout Dice) -> String? {
        for _ in 0..<12 {
            let kind = dice.number(0...26)
            if let done = kind < 10
                ? slipOfRouting(kind, &dice) : kind < 18 ? slipOfAddresses(kind, &dice) : slipOfLinks(kind, &dice)
            {
                return done
            }
        }
        return nil
    }

    /// The places of a key in parts of some groups.
    private func places(
        of key: String, in groups: [any WritableKeyPath<Host, [Part]> & Sendable] = Draft.groups
    ) -> [Place] {
        hosts.indices.flatMap { host in
            groups.flatMap { group in
                hosts[host][keyPath: group].indices.compactMap { part in
                    hosts[host][keyPath: group][part][key].isEmpty ? nil : Place(host: host, group: group, part: part)
                }
            }
        }
    }

    private subscript(place: Place) -> Part {
        get { hosts[place.host][keyPath: place.group][place.part] }
        set { hosts[place.host][keyPath: place.group][place.part] = newValue }
    }

    // MARK: Routes, gateways, forwarding

    private mutating func slipOfRouting(_ kind: Int, _ dice: inout Dice) -> String? {
        let routed = hosts.indices.filter { !hosts[$0].routes.isEmpty }
        let names = hosts.map(\.name)
        let destinations = hosts.flatMap(\.routes).compactMap { Draft.value(of: "to", in: $0) }
        switch kind {
        case 0, 1:
            guard let host = dice.choice(Array(routed)),
                let route = hosts[host].routes.indices.randomElement(using: &dice)
            else { return nil }
            hosts[host].routes.remove(at: route)
            return "a route is missing"
        case 2:
            return changeRoute(routed, "a route by the wrong neighbour", &dice) { route, dice in
                let other = dice.choice(names) ?? ""
                return Draft.replacing("via", in: route, by: other)
            }
        case 3:
            return changeRoute(routed, "a route to too little", &dice) { route, _ in
                guard let to = Draft.value(of: "to", in: route), let slash = to.lastIndex(of: "/"),
                    let length = Int(to[to.index(after: slash)...].filter(\.isNumber)), length < 28
                else { return nil }
                let quote = to.hasSuffix("\"") ? "\"" : ""
                return Draft.replacing("to", in: route, by: "\(to[..<slash])/\(length + 4)\(quote)")
            }
        case 4:
            guard let host = dice.choice(hosts.indices.filter { hosts[$0].forwards }) else { return nil }
            hosts[host].forwarding = dice.falls(70) ? nil : "false"
            return hosts[host].forwarding == nil
                ? "a router says nothing of forwarding" : "a router says forwarding: false"
        case 5:
            guard let host = dice.choice(Array(hosts.indices)), let to = dice.choice(destinations) else { return nil }
            hosts[host].routes.append("{to: \(to), type: \(dice.falls(50) ? "blackhole" : "unreachable")}")
            return "a route that refuses"
        case 6:
            guard let host = dice.choice(hosts.indices.filter { !hosts[$0].nics.isEmpty }),
                let to = dice.choice(destinations),
                let nic = dice.choice(hosts[host].nics + hosts[host].bridges)
            else { return nil }
            hosts[host].routes.append("{to: \(to), dev: \(nic.name)\(dice.falls(50) ? ", metric: 5" : "")}")
            return "a route by dev"
        case 7:
            guard let host = dice.choice(Array(hosts.indices)), let other = dice.choice(hosts.map(\.name)),
                other != hosts[host].name
            else { return nil }
            hosts[host].routes.append("{to: default, via: \(other)}")
            return "a default route more"
        case 8:
            guard let place = dice.choice(places(of: "bridge", in: [\.containers])) else { return nil }
            self[place].settings.removeAll { $0.key == "gateway" }
            let router = dice.choice(places(of: "addresses")).flatMap { self[$0]["addresses"].first }
            let gateway = router.map { $0.prefix { $0 != "/" } + ($0.hasPrefix("\"") ? "\"" : "") } ?? "none"
            self[place].settings.append(.init("gateway", dice.falls(40) ? "none" : gateway))
            return "another gateway"
        default:
            return changeRoute(routed, "another metric", &dice) { route, dice in
                let metric = ", metric: \(dice.choice([0, 1, 20, 300, 1024, 3000]) ?? 1)}"
                guard let place = route.range(of: ", metric: ") else { return route.dropLast() + metric }
                return route[..<place.lowerBound] + metric
            }
        }
    }

    private mutating func changeRoute(
        _ routed: [Int], _ words: String, _ dice: inout Dice, _ change: (String, inout Dice) -> String?
    ) -> String? {
        guard let host = dice.choice(routed), let route = hosts[host].routes.indices.randomElement(using: &dice),
            let changed = change(hosts[host].routes[route], &dice), changed != hosts[host].routes[route]
        else { return nil }
        hosts[host].routes[route] = changed
        return words
    }

    /// A value of a mapping on one line.
    private static func value(of key: String, in text: String) -> String? {
        guard let start = text.range(of: "\(key): ") else { return nil }
        let rest = text[start.upperBound...]
        if rest.first == "[", let end = rest.firstIndex(of: "]") { return String(rest[...end]) }
        return String(rest.prefix { $0 != "," && $0 != "}" })
    }

    private static func replacing(_ key: String, in text: String, by value: String) -> String? {
        guard let old = Draft.value(of: key, in: text), let place = text.range(of: "\(key): \(old)") else { return nil }
        return text.replacingCharacters(in: place, with: "\(key): \(value)")
    }

    // MARK: Addresses

    private mutating func slipOfAddresses(_ kind: Int, _ dice: inout Dice) -> String? {
        guard let place = dice.choice(places(of: "addresses")),
            let index = self[place]["addresses"].indices.randomElement(using: &dice)
        else { return nil }
        let address = self[place]["addresses"][index]
        switch kind {
        case 10, 11:
            guard let other = Draft.shifted(address, &dice) else { return nil }
            self[place]["addresses"][index] = other
            return "an address of another subnet"
        case 12, 13:
            guard let slash = address.lastIndex(of: "/") else { return nil }
            let isIPv6 = address.hasPrefix("\"")
            let length =
                dice.choice(isIPv6 ? [0, 32, 60, 65, 96, 126, 128] : [1, 8, 16, 23, 25, 26, 28, 30, 31, 32]) ?? 24
            self[place]["addresses"][index] = "\(address[..<slash])/\(length)\(isIPv6 ? "\"" : "")"
            return "another prefix length"
        case 14:
            self[place]["addresses"].remove(at: index)
            return "an address is missing"
        case 15:
            guard let other = dice.choice(places(of: "addresses")), let copied = dice.choice(self[other]["addresses"])
            else { return nil }
            if dice.falls(50) {
                self[place]["addresses"].append(copied)
            } else {
                self[place]["addresses"][index] = copied
            }
            return "an address twice"
        case 16:
            guard let other = dice.choice(places(of: "p2p", in: [\.containers])), self[other]["p2p"].count == 1 else {
                return nil
            }
            guard let another = dice.choice(places(of: "p2p", in: [\.containers])) else { return nil }
            self[other]["p2p"] = self[another]["p2p"]
            return "the subnet of another link"
        default:
            guard let lan = lans.indices.randomElement(using: &dice), !lans[lan]["subnet"].isEmpty else { return nil }
            lans[lan]["subnet"].remove(at: 0)
            return "a LAN's subnet is missing"
        }
    }

    /// An address with another number before the last: 10.1.0.11 becomes 10.1.1.11.
    private static func shifted(_ address: String, _ dice: inout Dice) -> String? {
        let separator: Character = address.hasPrefix("\"") ? ":" : "."
        var parts = address.split(separator: separator, omittingEmptySubsequences: false).map(String.init)
        let place = separator == "." ? dice.choice([1, 2]) ?? 2 : 2
        guard parts.count > 3, let number = Int(parts[place]) else { return nil }
        parts[place] = "\(number + 1)"
        return parts.joined(separator: String(separator))
    }

    // MARK: Links

    private mutating func slipOfLinks(_ kind: Int, _ dice: inout Dice) -> String? {
        switch kind {
        case 18:
            guard let place = dice.choice(places(of: "lan", in: [\.nics])) else { return nil }
            let other = dice.falls(40) ? nil : dice.choice(lans)?.name
            self[place]["lan"] = other.map { [$0] } ?? []
            return "a NIC on another LAN, or on none"
        case 19:
            guard let place = dice.choice(places(of: "ports", in: [\.bridges])) else { return nil }
            self[place]["ports"].remove(at: 0)
            return "a port is missing"
        case 20:
            return changeTunnel("vni", "another VNI", &dice) { _, _ in "8" }
                ?? changeTunnel("key", "another key", &dice) { _, _ in "8" }
        case 21:
            let key = places(of: "remotes").isEmpty ? "remote" : "remotes"
            let places = places(of: "local") + self.places(of: "addresses", in: [\.nics])
            let addresses = places.flatMap { self[$0]["local"] + self[$0]["addresses"].map(Draft.bare) }
            return changeTunnel(key, "another far end", &dice) { _, dice in dice.choice(addresses) }
        case 22:
            guard let place = dice.choice(places(of: "type", in: [\.tunnels])) else { return nil }
            self[place].settings.append(
                contentsOf: self[place]["port"].isEmpty && self[place]["type"] == ["vxlan"]
                    ? [.init("port", "4790")] : [])
            if self[place]["type"] != ["vxlan"] { hosts[place.host].tunnels.remove(at: place.part) }
            return "another UDP port, or a tunnel is missing"
        case 23:
            guard let place = dice.choice(places(of: "stp", in: [\.bridges])) else { return nil }
            self[place]["stp"] = []
            return "stp is missing"
        case 24:
            guard let place = dice.choice(places(of: "bridge") + places(of: "lan") + places(of: "type")) else {
                return nil
            }
            self[place].settings.removeAll { $0.key == "mtu" }
            self[place].settings.append(.init("mtu", "\(dice.choice([1280, 1300, 1400, 1476, 2000]) ?? 1400)"))
            return "another MTU"
        case 25:
            guard let lan = dice.choice(lans.indices.filter { lans[$0]["promiscuous"].isEmpty }) else { return nil }
            lans[lan].settings.append(.init("promiscuous", "false"))
            return "a LAN that drops what is not for its NICs"
        default:
            let host = dice.choice(hosts.indices.filter { hosts[$0].bridges.count > 1 })
            guard let host,
                let container = hosts[host].containers.indices.filter({ !hosts[host].containers[$0]["bridge"].isEmpty })
                    .randomElement(using: &dice)
            else { return nil }
            let bridge = dice.choice(hosts[host].bridges)?.name ?? ""
            hosts[host].containers[container]["bridge"] = [bridge]
            return "a container on another bridge"
        }
    }

    private mutating func changeTunnel(
        _ key: String, _ words: String, _ dice: inout Dice, _ change: (String, inout Dice) -> String?
    ) -> String? {
        guard let place = dice.choice(places(of: key, in: [\.tunnels])), let old = self[place][key].first,
            let new = change(old, &dice), new != old
        else { return nil }
        self[place][key][0] = new
        return words
    }

    /// An address without its prefix length.
    private static func bare(_ address: String) -> String {
        address.prefix { $0 != "/" } + (address.hasPrefix("\"") ? "\"" : "")
    }
}
