/// A topology in the making, of parts that can be left out.
package struct Draft: Equatable, Sendable {
    /// A key of a mapping and its value, as they stand in the file.
    package struct Setting: Equatable, Sendable {
        /// How a value is written.
        package enum Form: Sendable {
            case plain, list, mapping
        }

        package let key: String
        /// The value; of a list or a mapping each element.
        package var values: [String]
        package let form: Form

        package init(_ key: String, _ value: String) { (self.key, values, form) = (key, [value], .plain) }
        package init(_ key: String, list: [String]) { (self.key, values, form) = (key, list, .list) }
        package init(_ key: String, mapping: [String]) { (self.key, values, form) = (key, mapping, .mapping) }

        package var text: String {
            let text = values.joined(separator: ", ")
            return switch form {
            case .plain: "\(key): \(text)"
            case .list: "\(key): [\(text)]"
            case .mapping: "\(key): {\(text)}"
            }
        }
    }

    /// Something with a name, and settings on one line.
    package struct Part: Equatable, Sendable {
        package let name: String
        package var settings: [Setting]

        package init(_ name: String, _ settings: [Setting]) { (self.name, self.settings) = (name, settings) }

        package var text: String { "\(name): {\(settings.map(\.text).joined(separator: ", "))}" }

        /// The values of a key; none where it is not there. To set none takes the key away.
        package subscript(key: String) -> [String] {
            get { settings.first { $0.key == key }?.values ?? [] }
            set {
                guard let place = settings.firstIndex(where: { $0.key == key }) else { return }
                settings[place].values = newValue
                if newValue.isEmpty { settings.remove(at: place) }
            }
        }
    }

    package struct Host: Equatable, Sendable {
        package let name: String
        /// What it says of forwarding; nil where it says nothing.
        package var forwarding: String?
        package var nics: [Part] = []
        package var tunnels: [Part] = []
        package var bridges: [Part] = []
        package var vlans: [Part] = []
        package var containers: [Part] = []
        /// Each on one line.
        package var routes: [String] = []
        /// Of its default routes.
        package var gateways: [String] = []
        /// Each on one line.
        package var nat: [String] = []
        /// Each on one line.
        package var publish: [String] = []

        package init(_ name: String, forwarding: String? = nil) { (self.name, self.forwarding) = (name, forwarding) }

        /// Whether it forwards.
        package var forwards: Bool { forwarding == "true" }
    }

    package let name: String
    package var lans: [Part] = []
    package var hosts: [Host] = []
    /// Each on one line.
    package var checks: [String] = []

    package init(name: String) { self.name = name }

    /// The topology file.
    package var text: String {
        var lines = ["topology: \(name)", "runtime: netns", "lans:"]
        lines += lans.map { "  \($0.text)" }
        lines.append("hosts:")
        for host in hosts { lines += Draft.lines(of: host) }
        if !checks.isEmpty { lines.append("checks:") }
        lines += checks.map { "  - \($0)" }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func lines(of host: Host) -> [String] {
        var lines = ["  \(host.name):"]
        if let forwarding = host.forwarding { lines.append("    forwarding: \(forwarding)") }
        for (key, parts) in [
            ("nics", host.nics), ("tunnels", host.tunnels), ("bridges", host.bridges), ("vlans", host.vlans),
            ("containers", host.containers),
        ] where !parts.isEmpty {
            lines.append("    \(key):")
            lines += parts.map { "      \($0.text)" }
        }
        if !host.gateways.isEmpty { lines.append("    gateway: [\(host.gateways.joined(separator: ", "))]") }
        for (key, list) in [("routes", host.routes), ("nat", host.nat), ("publish", host.publish)] where !list.isEmpty {
            lines.append("    \(key):")
            lines += list.map { "      - \($0)" }
        }
        return lines
    }

    /// What a host has of parts.
    package static let groups: [any WritableKeyPath<Host, [Part]> & Sendable] = [
        \.containers, \.tunnels, \.vlans, \.bridges, \.nics,
    ]
    /// What a host has of lines.
    private static let lists: [any WritableKeyPath<Host, [String]> & Sendable] = [
        \.routes, \.nat, \.publish, \.gateways,
    ]
    /// The settings that can be left out, at least of some parts.
    private static let optional: Set<String> = [
        "mtu", "gateway", "ports", "addresses", "routes", "forwarding", "stp", "key", "ttl", "local", "subnet", "lan",
        "dev",
    ]

    /// The same with one part less, the largest parts first: hosts, then what is in them, then settings that have a default,
    /// then elements of lists.
    package var reductions: [Draft] {
        var drafts = hosts.indices.map { index in changed { $0.hosts.remove(at: index) } }
        for host in hosts.indices {
            for group in Draft.groups {
                drafts += hosts[host][keyPath: group].indices.map { index in
                    changed { $0.hosts[host][keyPath: group].remove(at: index) }
                }
            }
            for list in Draft.lists {
                drafts += hosts[host][keyPath: list].indices.map { index in
                    changed { $0.hosts[host][keyPath: list].remove(at: index) }
                }
            }
        }
        drafts += lans.indices.map { index in changed { $0.lans.remove(at: index) } }
        drafts += checks.indices.map { index in changed { $0.checks.remove(at: index) } }
        for host in hosts.indices {
            for group in Draft.groups {
                for (index, part) in hosts[host][keyPath: group].enumerated() {
                    drafts += Draft.reductions(of: part).map { smaller in
                        changed { $0.hosts[host][keyPath: group][index] = smaller }
                    }
                }
            }
            if hosts[host].forwarding != nil { drafts.append(changed { $0.hosts[host].forwarding = nil }) }
        }
        for (index, lan) in lans.enumerated() {
            drafts += Draft.reductions(of: lan).map { smaller in changed { $0.lans[index] = smaller } }
        }
        return drafts
    }

    private static func reductions(of part: Part) -> [Part] {
        part.settings.enumerated().flatMap { index, setting in
            var smaller: [Part] = []
            if optional.contains(setting.key) {
                var shorter = part
                shorter.settings.remove(at: index)
                smaller.append(shorter)
            }
            guard setting.values.count > 1 else { return smaller }
            return smaller
                + setting.values.indices.map { element in
                    var shorter = part
                    shorter.settings[index].values.remove(at: element)
                    return shorter
                }
        }
    }

    private func changed(_ change: (inout Draft) -> Void) -> Draft {
        var draft = self
        change(&draft)
        return draft
    }

    /// The smallest one that is found by leaving parts out, as long as something holds of it.
    /// - Parameter tries: how often it is asked at most.
    package func shrunk(tries: Int, while holds: (Draft) throws -> Bool) rethrows -> Draft {
        var smallest = self
        var left = tries
        var isSmaller = true
        while isSmaller {
            isSmaller = false
            for draft in smallest.reductions where left > 0 {
                left -= 1
                guard try holds(draft) else { continue }
                smallest = draft
                isSmaller = true
                break
            }
        }
        return smallest
    }
}
