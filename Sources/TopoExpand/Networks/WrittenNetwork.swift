import TopoDiagnostics
import TopoLower
import TopoModel
import TopoSyntax
import TopoText

/// A network of `networks:` that says all that it must. What one lacks is for the lowering to tell.
struct WrittenNetwork {
    /// Its name, with its place.
    let entry: Node.Entry
    let kind: NetworkKind
    /// As they are written.
    let subnets: [Node]
    /// The same, the first of each family.
    let subnetsOfFamilies: [Prefix]
    /// The lengths of a routed one's slices, as they are written, in the order of the subnets.
    let sliceLengths: [Int]
    /// What each host of a routed one has of the subnets, by the host's name.
    var slices: [String: HostSlices] = [:]
    /// The LAN that joins its hosts: the one that is named, else the only one.
    let over: String?
    /// True where the LAN is one of several, and named.
    let namesLAN: Bool
    /// Its VXLAN's identifier, or its tunnels' GRE key.
    private(set) var number: UInt32
    /// True where the file says the number.
    let isNumberWritten: Bool
    /// The hosts that are in it without a container.
    let hosts: [String]
    let hub: String?
    /// The host that routes for it.
    let gateway: String?
    let group: Node?
    let port: Node?

    /// Takes the network of an entry; nil where something in it is wrong.
    init?(_ entry: Node.Entry, of topology: String, lans: [String]) {
        let value = entry.value
        guard let kind = value["kind"]?.word.flatMap(NetworkKind.init), let subnet = value["subnet"] else { return nil }
        subnets = subnet.word == nil ? subnet.items : [subnet]
        guard !subnets.isEmpty, subnets.allSatisfy({ $0.word.map { (try? Prefix($0)) != nil } ?? false }) else {
            return nil
        }
        subnetsOfFamilies = subnets.compactMap { $0.word.flatMap { try? Prefix($0) } }.firstOfEach(\.family)
        let lengths = value["slice"].map { $0.word == nil ? $0.items : [$0] } ?? []
        sliceLengths = lengths.compactMap { $0.word.flatMap { Int($0) } }
        guard sliceLengths.count == lengths.count,
            zip(sliceLengths, subnetsOfFamilies).allSatisfy({ $1.length...$1.family.width - 2 ~= $0 })
        else { return nil }
        over = value["over"].map(\.word) ?? (lans.count == 1 ? lans[0] : nil)
        namesLAN = value["over"] != nil && lans.count > 1
        if let over, !lans.contains(where: { $0.isSame(as: over) }) { return nil }
        if let vni = value["vni"] {
            guard let number = vni.word.flatMap(UInt32.init), 1...0xFF_FFFF ~= number else { return nil }
            self.number = number
            isNumberWritten = true
        } else {
            isNumberWritten = false
            // Stable, and another one for each network, so that tunnels of several between two hosts are told apart.
            number = hash("\(topology)/\(entry.key)") % 0xFF_FFFF + 1
        }
        self.entry = entry
        self.kind = kind
        hosts = value["hosts"]?.items.compactMap(\.word) ?? []
        hub = value["hub"]?.word
        gateway = value["gateway"]?.word.flatMap { $0.isSame(as: "none") ? nil : $0 }
        (group, port) = (value["group"], value["port"])
    }

    /// Its name.
    var name: String { entry.key }

    /// The network with the number that the lock has for it.
    func numbered(by lock: AddressLock) -> WrittenNetwork {
        guard !isNumberWritten, let number = lock.number(of: name) else { return self }
        var numbered = self
        numbered.number = number
        return numbered
    }

    /// True for one that has a number which the file does not say.
    var hasChosenNumber: Bool { !isNumberWritten && (kind == .vxlan || kind == .gretap) }

    /// Where its subnets are written.
    var subnetPlace: Span { entry.value["subnet"]?.span ?? entry.keySpan }

    /// True for a host that it names, which is in it also without a container.
    func names(host: String) -> Bool {
        hosts.contains { $0.isSame(as: host) } || isGateway(host)
            || kind == .gretap && hub.map { $0.isSame(as: host) } ?? false
    }

    /// True for the host that routes for it.
    func isGateway(_ host: String) -> Bool { gateway.map { $0.isSame(as: host) } ?? false }

    /// The subnets that its addresses on a host come from, at most one of each family.
    func subnets(on host: String) -> [Prefix] {
        kind == .routed ? slices[host]?.bridge ?? [] : subnetsOfFamilies
    }

    /// The bridge that it is on each of its hosts.
    var bridge: String { deviceName("", name) }

    /// An interface's name of at most 15 bytes (`IFNAMSIZ`).
    func deviceName(_ prefix: String) -> String { deviceName(prefix, name) }

    private func deviceName(_ prefix: String, _ name: String) -> String {
        shortened(prefix + name, to: 15, hash(name))
    }
}

/// A name of at most so many bytes: the end of a longer one is four digits of a hash.
func shortened(_ name: String, to length: Int) -> String { shortened(name, to: length, hash(name)) }

private func shortened(_ whole: String, to length: Int, _ hash: UInt32) -> String {
    guard whole.utf8.count > length else { return whole }
    let digits = String(hash & 0xFFFF, radix: 16)
    let end = "-" + String(repeating: "0", count: 4 - digits.utf8.count) + digits
    return String(decoding: whole.utf8.prefix(length - end.utf8.count), as: UTF8.self) + end
}

/// A text's FNV-1a hash: the same on every machine and in every version.
private func hash(_ text: String) -> UInt32 {
    text.utf8.reduce(0x811C_9DC5) { ($0 ^ UInt32($1)) &* 0x0100_0193 }
}

extension Array {
    /// The first of each family, in their order.
    func firstOfEach(_ family: (Element) -> AddressFamily) -> [Element] {
        var found: [Element] = []
        for one in self where !found.contains(where: { family($0) == family(one) }) { found.append(one) }
        return found
    }
}
