public import TopoModel

/// What a check script asserts at run time: whether one endpoint's packets reach an address, and by which routers.
public struct Expectation: Sendable, Hashable {
    /// A router on the way.
    public struct Hop: Sendable, Hashable {
        /// The host or container that forwards: `host1`, or `host1/c9`.
        public let name: String
        /// Every address of the sender's family by which it may answer.
        public let addresses: [IPAddress]

        /// Makes a hop.
        public init(name: String, addresses: [IPAddress]) {
            self.name = name
            self.addresses = addresses
        }
    }

    /// A port that takes connections.
    public struct Port: Sendable, Hashable {
        /// The port that is asked.
        public let asked: UInt16
        /// The port of the target: another, where a published port stands for it.
        public let served: UInt16

        /// Makes a port.
        public init(asked: UInt16, served: UInt16) {
            self.asked = asked
            self.served = served
        }
    }

    /// How packets leave the host of their sender, for a LAN.
    public struct Exit: Sendable, Hashable {
        /// The sender's interface by which they leave it.
        public let interface: String
        /// What is seen of them on the LAN.
        public let carriage: Carriage

        /// Makes an exit.
        public init(interface: String, carriage: Carriage) {
            self.interface = interface
            self.carriage = carriage
        }
    }

    /// A change of packets' source on their way.
    public struct SourceChange: Sendable, Hashable {
        /// The host that makes it.
        public let host: String
        /// The interface that they leave it by.
        public let interface: String
        /// The source that they were from.
        public let old: IPAddress
        /// The source that they are from behind the host.
        public let new: IPAddress

        /// Makes a change.
        public init(host: String, interface: String, old: IPAddress, new: IPAddress) {
            self.host = host
            self.interface = interface
            self.old = old
            self.new = new
        }
    }

    /// What is expected.
    public enum Result: Sendable, Hashable {
        /// An echo request is answered; these forward it, in order; the largest IP packet that passes with DF set, in bytes.
        case reaches(hops: [Hop], mtu: Int)
        /// It is not, for this reason.
        case fails(String)
    }

    /// Where the packets come from.
    public let source: NodeName
    /// Whom they are for.
    public let target: NodeName
    /// The address that they are for.
    public let address: IPAddress
    /// What is expected.
    public let result: Result
    /// True where the user's `checks:` ask for it; false where the topology implies it.
    public let isStated: Bool
    /// True where the user asked for the hops to be traced.
    public let isTraced: Bool
    /// True where the sender learns of a packet that is larger than what passes; false where that vanishes.
    public let tellsOfLarger: Bool
    /// The address that the packets come from, where the check names it; else the source chooses.
    public var sender: IPAddress?
    /// How the packets cross the LAN that the user asked about; nil where that was not asked.
    public var carriage: Carriage?
    /// How the packets leave the host of their sender; nil where they cross no LAN, or leave it in more than one way.
    public var exit: Exit?
    /// The port of TCP that is to take a connection, in the place of an echo request; nil where none is.
    public var port: Port?
    /// The router that gives the packets another source, and which; nil where they keep theirs.
    public var translation: SourceChange?
    /// Who answers in the target's place, having the same address in another segment.
    public var answeredBy: NodeName?
    /// True where the request comes to the target all the same, and its answer is lost.
    public var arrives = false
    /// True for what shows that an end of another expectation, which nothing is to reach, is alive.
    public var isControl = false

    /// True where packets are to reach the target, false where they are to fail.
    public var isToReach: Bool {
        switch result {
        case .reaches: true
        case .fails: false
        }
    }

    /// Makes an expectation.
    public init(
        source: NodeName, target: NodeName, address: IPAddress, result: Result, isStated: Bool, isTraced: Bool,
        tellsOfLarger: Bool = true, carriage: Carriage? = nil
    ) {
        self.source = source
        self.target = target
        self.address = address
        self.result = result
        self.isStated = isStated
        self.isTraced = isTraced
        self.tellsOfLarger = tellsOfLarger
        self.carriage = carriage
    }
}

/// A host, a container of a host, or what is outside the topology behind a LAN's gateway.
public struct NodeName: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// The host's name.
    public let host: String
    /// The container's name; nil for the host itself.
    public let container: String?

    /// Makes a node's name.
    public init(host: String, container: String? = nil) {
        self.host = host
        self.container = container
    }

    /// Names what is behind the gateway of a LAN and not in the topology: `outside:internet`. No host is called so.
    public init(outsideOf lan: String) {
        host = "outside:\(lan)"
        container = nil
    }

    /// True for what is outside the topology.
    public var isOutside: Bool { host.utf8.starts(with: "outside:".utf8) }

    /// `host1`, or `host1/c1`.
    public var description: String { container.map { "\(host)/\($0)" } ?? host }

    /// By host, the host itself before its containers.
    public static func < (left: NodeName, right: NodeName) -> Bool {
        (left.host, left.container ?? "") < (right.host, right.container ?? "")
    }
}
