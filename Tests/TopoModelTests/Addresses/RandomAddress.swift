import RandomNumbers
import TopoModel

/// Random addresses, and random texts for them: right ones in every form, and wrong ones near to right ones.
struct RandomAddress {
    private var random: Dice

    init(seed: Int) { random = Dice(seed: seed) }

    /// An address; IPv6 ones have many zero groups, and some lie where there is an IPv4 address inside.
    mutating func address() -> IPAddress {
        if random.oneIn(2) {
            let octets = (0..<4).map { _ in
                random.oneIn(4) ? [0, 127, 255][random.below(3)] : UInt32(random.below(256))
            }
            return .v4(IPv4Address(bits: octets.reduce(0) { $0 << 8 | $1 }))
        }
        var groups = (0..<8).map { _ in random.oneIn(2) ? 0 : UInt128(random.below(random.oneIn(2) ? 16 : 65536)) }
        switch random.below(12) {
        case 0: groups.replaceSubrange(0..<6, with: [0, 0, 0, 0, 0, 0xFFFF])
        case 1: groups.replaceSubrange(0..<6, with: [0, 0, 0, 0, 0, 0])
        case 2: groups[0] = 0xFE80 + UInt128(random.below(128))
        case 3: groups[0] = 0xFF00 + UInt128(random.below(256))
        case 4: groups.replaceSubrange(0..<7, with: repeatElement(0, count: 7))
        default: break
        }
        return .v6(IPv6Address(bits: groups.reduce(0) { $0 << 16 | $1 }))
    }

    /// A prefix length for an address; /31, /32, /127 and /128 are not rare.
    mutating func length(_ family: AddressFamily) -> Int {
        random.oneIn(4) ? family.width - random.below(4) : random.below(family.width + 1)
    }

    /// A subnet; near enough to `other`, where that is given, that they often overlap.
    mutating func prefix(near other: Prefix? = nil) -> Prefix {
        guard let other, !random.oneIn(4) else {
            let address = address()
            return Prefix(containing: address, length: length(address.family))
        }
        let length = length(other.family)
        let flipped = other.network.bits ^ (UInt128(random.below(4)) << UInt128(random.below(other.family.width)))
        return Prefix(containing: IPAddress(other.family, bits: flipped), length: length)
    }

    /// An address that is often at an edge of a subnet, or one beyond it.
    mutating func address(near prefix: Prefix) -> IPAddress {
        let edge = random.oneIn(2) ? prefix.network.bits : prefix.last.bits
        return IPAddress(prefix.family, bits: edge &+ UInt128(random.below(3)) &- 1)
    }

    /// One of the right texts for an address.
    mutating func text(_ address: IPAddress) -> String {
        switch address {
        case .v4(let address): return address.description
        case .v6(let address):
            if random.oneIn(3) { return address.description }
            var groups = (0..<8).map { UInt16(truncatingIfNeeded: address.bits >> UInt128(112 - 16 * $0)) }
            let dotted = random.oneIn(3) ? IPv4Address(bits: UInt32(truncatingIfNeeded: address.bits)) : nil
            if dotted != nil { groups.removeLast(2) }
            var texts = groups.map { hexadecimal($0) } + (dotted.map { [$0.description] } ?? [])
            let zeros = groups.indices.filter { groups[$0] == 0 }
            guard !zeros.isEmpty, !random.oneIn(3) else { return texts.joined(separator: ":") }
            let start = zeros[random.below(zeros.count)]
            var end = start + 1
            while end < groups.count, groups[end] == 0, !random.oneIn(5) { end += 1 }
            let tail = texts[end...].joined(separator: ":")
            texts.removeSubrange(start...)
            return texts.joined(separator: ":") + "::" + tail
        }
    }

    /// A group's digits, with leading zeros or without, in lower or upper case.
    private mutating func hexadecimal(_ group: UInt16) -> String {
        let digits = String(group, radix: 16, uppercase: random.oneIn(2))
        let room = 4 - digits.count
        return String(repeating: "0", count: random.oneIn(2) ? 0 : random.below(room + 1)) + digits
    }

    private static let alphabet = Array("0123456789abcdefABCFgx::::....//%+-_ \u{0661}\u{FF11}").map(String.init)
    private static let phrases = ["::", "/24", "%eth0", ".0", "00", ":0", "256", "fffff"]
    private static let tails = ["", "/", "/024", "/0", "/00", "/33", "/255.255.255.0", "/0.0.0.255", "%eth0/64"]

    /// A text with one to three changes; it may be right still.
    mutating func mutated(_ text: String) -> String {
        var characters = text.map(String.init)
        if let slash = characters.firstIndex(of: "/"), random.oneIn(3) {
            characters[slash...] = [Self.tails[random.below(Self.tails.count)]]
            return characters.joined()
        }
        for _ in 0...random.below(3) {
            let place = random.below(characters.count + 1)
            let isInside = place < characters.count
            switch random.below(5) {
            case 0 where isInside: characters.remove(at: place)
            case 1 where isInside: characters[place] = Self.alphabet[random.below(Self.alphabet.count)]
            case 2 where isInside: characters.removeSubrange(place...)
            case 3: characters.insert(Self.phrases[random.below(Self.phrases.count)], at: place)
            default: characters.insert(Self.alphabet[random.below(Self.alphabet.count)], at: place)
            }
        }
        return characters.joined()
    }
}

extension Dice {
    /// A number from 0 to `bound - 1`. Not the standard library's way, which may change from one version to the next.
    fileprivate mutating func below(_ bound: Int) -> Int { Int(next() % UInt64(bound)) }

    /// True once in `n` times.
    fileprivate mutating func oneIn(_ n: Int) -> Bool { below(n) == 0 }
}
