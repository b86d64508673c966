import TopoLower
import TopoSyntax
import TopoText

/// The names that stand for several in a check: those of groups and networks.
struct NameSets {
    private var sets: [NameKey: [String]] = [:]
    /// The hosts of containers that only one host has, by the container's name.
    private var hosts: [NameKey: String] = [:]

    /// Takes the groups of a tree without ranges, and its sound networks with their hosts.
    init(of tree: Node, _ networks: [WrittenNetwork], _ members: NetworkMembers) {
        for network in networks {
            sets[NameKey(network.name)] =
                members[network].flatMap { member in
                    (member.onBridge + member.onLinks).map(\.node)
                }.uniqued
        }
        for group in tree["groups"]?.entries ?? [] {
            sets[NameKey(group.key)] = group.value.items.compactMap(\.word).uniqued
        }
        guard !sets.isEmpty else { return }
        var counts: [NameKey: Int] = [:]
        for host in tree["hosts"]?.entries ?? [] {
            for container in host.value["containers"]?.entries ?? [] {
                counts[NameKey(container.key), default: 0] += 1
                hosts[NameKey(container.key)] = host.key
            }
        }
        hosts = hosts.filter { counts[$0.key] == 1 }
    }

    /// True where there are none.
    var isEmpty: Bool { sets.isEmpty }

    /// The members of a group or network, in the order of the file; nil where it is none.
    subscript(name: String) -> [String]? { sets[NameKey(name)] }

    /// True for a word that is the name of a group or network.
    func names(_ node: Node) -> Bool { node.word.map { sets[NameKey($0)] != nil } ?? false }

    /// True for two names of one node, `c1` and `host1/c1`.
    func areSame(_ one: String, _ other: String) -> Bool { full(one).isSame(as: full(other)) }

    private func full(_ name: String) -> String { hosts[NameKey(name)].map { "\($0)/\(name)" } ?? name }
}

extension [String] {
    /// Each of them once.
    fileprivate var uniqued: [String] {
        var seen: Set<NameKey> = []
        return filter { seen.insert(NameKey($0)).inserted }
    }
}
