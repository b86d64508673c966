import TopoDiagnostics
import TopoLower
import TopoSyntax

/// The VNIs and GRE keys of networks: those that are written, those that the lock keeps, and else one derived from names.
struct NetworkNumbers {
    /// The networks, each with its number.
    let networks: [WrittenNetwork]
    /// What the lock is to have.
    let given: [(network: String, number: UInt32)]
    private let lock: AddressLock

    /// Takes the sound networks of a file, and the lock as it is.
    init(_ networks: [WrittenNetwork], lock: AddressLock) {
        self.lock = lock
        self.networks = networks.map { $0.numbered(by: lock) }
        // One of a kind without a number keeps its own for when it is of another kind again.
        given = self.networks.filter { network in
            network.hasChosenNumber || !network.isNumberWritten && lock.number(of: network.name) != nil
        }.map { ($0.name, $0.number) }
    }

    /// Says, once, that a number is not in the lock.
    var notLocked: Diagnostic? {
        guard let network = networks.first(where: { $0.hasChosenNumber && lock.number(of: $0.name) == nil }) else {
            return nil
        }
        let number = network.kind == .vxlan ? "VNI" : "GRE key"
        return Diagnostic(
            .notLocked, "the \(number) of network \"\(network.name)\" is not locked",
            at: .init(network.entry.keySpan),
            notes: ["it would change with the name of the topology"],
            help: ["\"topoc build\" writes it to the lock beside the file: keep it with the topology"])
    }
}
