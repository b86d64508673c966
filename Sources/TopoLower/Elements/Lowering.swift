import TopoDiagnostics
import TopoModel

/// The lowering of one topology: what is known of its names and addresses so far, and what is wrong with it.
struct Lowering {
    /// False where something of the file is not in the tree, as the second of two values under one key may be.
    let isWhole: Bool
    /// All names.
    var directory = Directory()
    /// All addresses of hosts and containers; filled before anything asks for the address of a name.
    var addresses = AddressBook()
    /// The LANs.
    var lans: [LAN] = []
    /// What is wrong.
    var findings = Findings()
    /// The runtime of all containers, whatever is written; nil where what is written counts.
    let forcedRuntime: Runtime?
    /// The topology's runtime, for hosts that name none.
    var runtime = Runtime.lxd
    /// How containers of Docker come to their interfaces, on hosts that do not say.
    var docker = DockerNetworking.byHand
    /// The names of the networks.
    var networks: [Located<String>] = []
    /// The kinds of those that say it, in their order.
    var networkKinds: [NetworkKind?] = []
    /// The topology's image, for hosts that name none.
    var image: Located<String>?

    /// Begins with nothing known.
    init(isWhole: Bool, runtime forcedRuntime: Runtime? = nil) {
        self.isWhole = isWhole
        self.forcedRuntime = forcedRuntime
        directory.isBroken = !isWhole
    }

    /// The addresses of `address:` and `addresses:`, in this order.
    mutating func addresses(
        _ fields: Fields, _ one: Key<Located<InterfaceAddress>>, _ several: Key<[Located<InterfaceAddress>]>
    ) -> [Located<InterfaceAddress>] {
        let first = fields.read(one, &findings).map { [$0] } ?? []
        return first + (fields.read(several, &findings) ?? [])
    }

    /// Says that two keys exclude each other.
    mutating func addConflict(
        _ message: String, at first: Span, _ label: String, and second: Span?, _ secondLabel: String = "", help: String
    ) {
        let secondary: [Diagnostic.Label] = second.map { [.init($0, secondLabel)] } ?? []
        findings.add(.conflictingKeys, message, at: first, label, and: secondary, help: [help])
    }
}
