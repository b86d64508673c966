internal import TopoModel
internal import TopoText

/// Which interface has been given which automatic address: the file `NAME.topo.lock`, beside the topology.
///
/// A line an interface and address, sorted, so that two branches that add some merge where they do not touch:
/// `host1/c1 eth0 10.0.0.11/24`. So have the slices of routed networks, `host1 blue slice 10.0.0.0/28`, and the VNIs and GRE
/// keys of networks, `blue number 11468329`.
struct AddressLock {
    /// An interface, by the names in its line.
    struct Interface: Hashable {
        /// `host1`, or `host1/c1`.
        let node: String
        /// `eth0`
        let name: String
    }

    /// A host's part of a routed network.
    struct Slice: Hashable {
        /// What it is for; its word in the lock.
        enum Use: String, Hashable {
            /// The subnet of the network's bridge.
            case bridge = "slice"
            /// The subnets of links are in it.
            case links
        }

        let host: String
        let network: String
        let use: Use
    }

    /// Why a file is no lock that can be read: a phrase after its name.
    struct Fault: Error {
        let reason: String
    }

    /// Nothing is locked.
    static let empty = AddressLock(addresses: [:], slices: [:], numbers: [:])

    private static let firstLine = "# topoc lock 1"
    private static let remark =
        "# What topoc chose for the topology: addresses and the like. topoc build writes this file; keep it with the topology."
    private static let lastLine = "# end"
    private static let numberWord = "number"

    private var addresses: [Interface: [InterfaceAddress]]

    private var slices: [Slice: [Prefix]]

    private var numbers: [String: UInt32]

    private init(addresses: [Interface: [InterfaceAddress]], slices: [Slice: [Prefix]], numbers: [String: UInt32]) {
        self.addresses = addresses
        self.slices = slices
        self.numbers = numbers
    }

    /// Reads a lock.
    /// - Throws: why it is none.
    init(_ bytes: [UInt8]) throws(Fault) {
        var lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false).map { line in
            String(decoding: line.last == 0x0D ? line.dropLast() : line, as: UTF8.self)
        }
        if let marked = lines.firstIndex(where: \.isMergeMark) {
            throw Fault(reason: "has a merge mark in line \(marked + 1)")
        }
        guard let first = lines.first, first.begins(with: "# topoc lock ") else {
            throw Fault(reason: "is not a lock written by topoc")
        }
        guard first.isSame(as: Self.firstLine) else {
            throw Fault(reason: "is of another version: it begins with \"\(first)\", not with \"\(Self.firstLine)\"")
        }
        guard lines.popLast()?.isEmpty == true, lines.last?.isSame(as: Self.lastLine) == true else {
            throw Fault(reason: "is cut off: its last line is not \"\(Self.lastLine)\"")
        }
        (addresses, slices, numbers) = ([:], [:], [:])
        for (index, line) in lines.enumerated() where line.utf8.first != UInt8(ascii: "#") {
            let words = line.utf8.split(separator: 0x20, omittingEmptySubsequences: false).map {
                String(decoding: $0, as: UTF8.self)
            }
            if words.count == 4, let use = Slice.Use(rawValue: words[2]), let prefix = try? Prefix(words[3]) {
                let slice = Slice(host: words[0], network: words[1], use: use)
                guard self[slice, prefix.family] == nil else {
                    throw Fault(reason: "has a second \"\(words[0]) \(words[1]) \(words[2])\" in line \(index + 1)")
                }
                slices[slice, default: []].append(prefix)
                continue
            }
            if words.count == 3, words[1].isSame(as: Self.numberWord), let number = UInt32(words[2]),
                1...0xFF_FFFF ~= number
            {
                guard numbers[words[0]] == nil else {
                    throw Fault(reason: "has a second \"\(words[0]) \(words[1])\" in line \(index + 1)")
                }
                numbers[words[0]] = number
                continue
            }
            guard words.count == 3, let address = try? InterfaceAddress(words[2]) else {
                throw Fault(reason: "has no interface and address in line \(index + 1)")
            }
            let interface = Interface(node: words[0], name: words[1])
            guard !self[interface].contains(where: { $0.address.family == address.address.family }) else {
                throw Fault(reason: "has a second address of \"\(words[0]) \(words[1])\" in line \(index + 1)")
            }
            addresses[interface, default: []].append(address)
        }
    }

    /// The addresses of an interface, at most one of each family.
    subscript(interface: Interface) -> [InterfaceAddress] { addresses[interface] ?? [] }

    /// Keeps an address of an interface.
    mutating func add(_ address: InterfaceAddress, of interface: Interface) {
        addresses[interface, default: []].append(address)
    }

    /// The slice of a family.
    subscript(slice: Slice, family: AddressFamily) -> Prefix? { slices[slice]?.first { $0.family == family } }

    /// Keeps a slice.
    mutating func add(_ prefix: Prefix, of slice: Slice) { slices[slice, default: []].append(prefix) }

    /// The VNI or GRE key of a network, which is the same where its kind is changed from one to the other.
    func number(of network: String) -> UInt32? { numbers[network] }

    /// Keeps the number of a network.
    mutating func add(_ number: UInt32, of network: String) { numbers[network] = number }

    /// The file.
    var bytes: [UInt8] {
        let lines = addresses.flatMap { interface, addresses in
            addresses.map { "\(interface.node) \(interface.name) \($0)" }
        }
        let ofSlices = slices.flatMap { slice, prefixes in
            prefixes.map { "\(slice.host) \(slice.network) \(slice.use.rawValue) \($0)" }
        }
        let ofNetworks = numbers.map { network, number in "\(network) \(Self.numberWord) \(number)" }
        let sorted = (lines + ofSlices + ofNetworks).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        let all = [Self.firstLine, Self.remark] + sorted + [Self.lastLine]
        return Array((all.joined(separator: "\n") + "\n").utf8)
    }
}

extension String {
    /// True for a line that `git merge` leaves where two branches differ.
    fileprivate var isMergeMark: Bool {
        ["<<<<<<<", "|||||||", "=======", ">>>>>>>"].contains { begins(with: $0) }
    }
}
