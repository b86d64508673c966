internal import TopoModel

/// MACs and interface names that depend on names alone: the same in every build, on every machine.
struct StableNames {
    private var usedMACs: Set<MACAddress> = []
    private var usedNames: Set<String>
    /// Of the topology's name and the host's.
    private let start: StableHash

    /// Prepares names for a host; `taken` are its interfaces' own names.
    init(topology: String, host: String, taken: some Sequence<String>) {
        start = StableHash([topology, host])
        usedNames = Set(taken)
    }

    /// A locally administered unicast MAC for the interface that `path` names, as in `["c1", "eth0"]`.
    mutating func mac(_ path: [String]) -> MACAddress {
        var salt = 0
        while true {
            var hash = start
            hash.add(path)
            if salt > 0 { hash.add([String(salt)]) }
            let bits = hash.value
            let mac = MACAddress(bits: 0x02 << 40 | bits & 0xFF_FFFF_FFFF)
            if usedMACs.insert(mac).inserted { return mac }
            salt += 1
        }
    }

    /// The host's name for its end of a container's veth pair: `veth-c1`, `veth-c1-eth1`, or a hash where that is
    /// longer than the kernel's 15 bytes or taken.
    mutating func veth(container: String, interface: String) -> String {
        let plain = interface == "eth0" ? "veth-\(container)" : "veth-\(container)-\(interface)"
        if plain.utf8.count <= 15, usedNames.insert(plain).inserted { return plain }
        var salt = 0
        while true {
            let hash = StableHash([container, interface] + (salt == 0 ? [] : [String(salt)]))
            let digits = String(hash.value & 0xFF_FFFF_FFFF, radix: 16)
            let name = "veth-" + String(repeating: "0", count: 10 - digits.utf8.count) + digits
            if usedNames.insert(name).inserted { return name }
            salt += 1
        }
    }
}

/// A 64-bit hash of a list of texts that never changes: FNV-1a over their bytes, each text ended by a zero byte,
/// then the finalizer of SplitMix64, which spreads the last bytes' influence over all bits.
struct StableHash {
    private var state: UInt64 = 0xCBF2_9CE4_8422_2325

    init(_ texts: [String]) { add(texts) }

    /// Takes in further texts.
    mutating func add(_ texts: [String]) {
        for text in texts {
            for byte in text.utf8 { state = (state ^ UInt64(byte)) &* 0x100_0000_01B3 }
            state = state &* 0x100_0000_01B3
        }
    }

    /// The hash of what was taken in.
    var value: UInt64 {
        var hash = state
        hash = (hash ^ hash >> 30) &* 0xBF58_476D_1CE4_E5B9
        hash = (hash ^ hash >> 27) &* 0x94D0_49BB_1331_11EB
        return hash ^ hash >> 31
    }
}
