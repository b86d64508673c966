import TopoDiagnostics
import TopoModel
import TopoSyntax

/// The keys of a VLAN interface.
enum VLANKeys {
    static let link = Key(
        "link", .name(of: [.nic, .bridge, .tunnel, .interface]), isRequired: true,
        "the interface whose frames it tags: a NIC, bridge or tunnel of the host, or an interface of the container")
    static let id = Key("id", .vlan, "the VLAN's identifier; where not said, the number that its name ends in")
    static let address = Key("address", .interfaceAddress, "its address")
    static let addresses = Key("addresses", .list(of: .interfaceAddress), "its addresses, where it has several")
    static let mac = Key("mac", .macAddress, "its MAC address; its link's, where not said")
    static let mtu = Key("mtu", .mtu, "its MTU, in bytes: at most its link's")
    static let partOf = Key("part-of", .name(of: [.network]), "the network that it belongs to, for figures and reports")
    static let description = Key("description", .prose, "what a reader should know")

    static let all = [
        link.description, id.description, address.description, addresses.description, mac.description,
        mtu.description, partOf.description, description.description,
    ]
}

/// The keys of a port of a bridge that filters VLANs.
enum BridgePortKeys {
    static let vlan = Key("vlan", .vlan, "the VLAN of its frames without a tag, in and out (the PVID)")
    static let tagged = Key(
        "tagged", .vlanRanges, "the VLANs whose frames pass with a tag: numbers, and ranges as in 20-29")

    static let all = [vlan.description, tagged.description]
}

extension ValueType where Value == Located<Int> {
    /// A VLAN's identifier: 12 bits, without the two that are reserved.
    static var vlan: Self {
        .number(VLAN.identifiers) {
            $0 == 0
                ? "a tag with 0 says that the frame is in no VLAN (IEEE 802.1Q)"
                : $0 == 4095 ? "4095 is reserved (IEEE 802.1Q)" : "a VLAN identifier has 12 bits (IEEE 802.1Q)"
        }
    }
}

extension ValueType where Value == [Located<ClosedRange<Int>>] {
    /// VLANs' identifiers and ranges of them, as LXD's `vlan.tagged` has them: one, or a list.
    static var vlanRanges: Self { .oneOrMore(of: .vlanRange) }
}

extension ValueType where Value == Located<ClosedRange<Int>> {
    /// A VLAN's identifier, `10`, or a range of them, `20-29`.
    static var vlanRange: Self {
        .word(.either([.number(VLAN.identifiers), .text(.numberRange)])) { word, key, findings in
            let parts = word.text.utf8.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
            let isRange = parts.count == 2 && parts.allSatisfy { !$0.isEmpty }
            guard isRange else {
                let node = Node(.scalar(word.text, isQuoted: word.isQuoted), at: word.span)
                return ValueType<Located<Int>>.vlan.read(node, key, &findings).map { $0.value...$0.value }
            }
            let bounds = parts.compactMap { Int(String(decoding: $0, as: UTF8.self)) }
            guard bounds.count == 2, bounds[0] <= bounds[1], bounds.allSatisfy(VLAN.identifiers.contains) else {
                findings.add(
                    .invalidValue, "\"\(key)\" has \"\(word.text)\", which is no range of VLANs", at: word.span,
                    "from the lower to the higher, both from 1 to 4094", help: ["write a range such as 20-29"])
                return nil
            }
            return bounds[0]...bounds[1]
        }
    }
}

extension ValueType where Value == [NamedNode] {
    /// The ports of a bridge: a list of names, or names with what is said of each port.
    static var bridgePorts: Self {
        let names: ValueType<[Located<String>]> = .list(of: .name(of: [.nic, .tunnel, .vlan]))
        let ports: ValueType<[NamedNode]> = .named(.bridgePort)
        return ValueType(form: .either([names.form, ports.form])) { node, key, findings in
            if case .mapping = node.content { return ports.read(node, key, &findings) }
            return names.read(node, key, &findings)?.map {
                NamedNode(name: $0, value: Node(.mapping([]), at: $0.span))
            }
        }
    }
}
