extension Plan {
    /// The name of the topology's own chain in a host's packet filter, at most 25 bytes: iptables(8) takes 28, of which
    /// three are left for a second chain's suffix, with a byte that no name has.
    public var filterChain: String {
        let plain = "topoc-\(name)"
        if plain.utf8.count <= 25 { return plain }
        return "topoc-" + String(StableHash([name]).value, radix: 16)
    }

    /// The name of the topology's own table in nftables, which takes any name of a topology.
    public var natTable: String { "topoc-\(name)" }
}
