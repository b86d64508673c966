/// A topology in the making, of parts that can be left out.
struct Draft: Equatable {
    /// A key of a mapping and its value, as they stand in the file.
    struct Setting: Equatable {
        let key: String
        let value: String
    }

    /// Something with a name, and settings on one line.
    struct Part: Equatable {
        let name: String
        var settings: [Setting]

        var text: String { "\(name): {\(settings.map { "\($0.key): \($0.value)" }.joined(separator: ", "))}" }
    }

    struct Host: Equatable {
        let name: String
        var forwards: Bool
        var nics: [Part] = []
        var tunnels: [Part] = []
        var bridges: [Part] = []
        var containers: [Part] = []
        /// Each on one line.
        var routes: [String] = []
    }

    let name: String
    var lans: [Part]
    var hosts: [Host]

    /// The topology file.
    var text: String {
        var lines = ["topology: \(name)", "runtime: netns", "lans:"]
        lines += lans.map { "  \($0.text)" }
        lines.append("hosts:")
        for host in hosts {
            lines.append("  \(host.name):")
            lines.append("    forwarding: \(host.forwards)")
            for (key, parts) in [
                ("nics", host.nics), ("tunnels", host.tunnels), ("bridges", host.bridges),
                ("containers", host.containers),
            ] where !parts.isEmpty {
                lines.append("    \(key):")
                lines += parts.map { "      \($0.text)" }
            }
            guard !host.routes.isEmpty else { continue }
            lines.append("    routes:")
            lines += host.routes.map { "      - \($0)" }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// The same with one part less, the largest parts first: hosts, then what is in them, then settings that have a default.
    var reductions: [Draft] {
        var drafts = hosts.indices.map { index in changed { $0.hosts.remove(at: index) } }
        for host in hosts.indices {
            let groups: [WritableKeyPath<Host, [Part]>] = [\.containers, \.tunnels, \.bridges, \.nics]
            for group in groups {
                drafts += hosts[host][keyPath: group].indices.map { index in
                    changed { $0.hosts[host][keyPath: group].remove(at: index) }
                }
            }
            drafts += hosts[host].routes.indices.map { index in changed { $0.hosts[host].routes.remove(at: index) } }
            for group in groups {
                for part in hosts[host][keyPath: group].indices {
                    for (index, setting) in hosts[host][keyPath: group][part].settings.enumerated()
                    where ["mtu", "gateway", "ports", "addresses"].contains(setting.key) {
                        drafts.append(changed { $0.hosts[host][keyPath: group][part].settings.remove(at: index) })
                    }
                }
            }
        }
        drafts += lans.indices.map { index in changed { $0.lans.remove(at: index) } }
        return drafts
    }

    private func changed(_ change: (inout Draft) -> Void) -> Draft {
        var draft = self
        change(&draft)
        return draft
    }

    /// The smallest one that is found by leaving parts out, as long as something holds of it.
    /// - Parameter tries: how often it is asked at most.
    func shrunk(tries: Int, while holds: (Draft) throws -> Bool) rethrows -> Draft {
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
