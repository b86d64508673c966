import TopoDiagnostics
import TopoForwarding
import TopoModel
import TopoPlan
internal import TopoText

/// The hosts, containers and addresses that a command line names.
struct PathEnds {
    private let prediction: Prediction
    private let nodes: [NodeName]

    init(_ prediction: Prediction) {
        self.prediction = prediction
        nodes = prediction.nodes
    }

    /// The path of an echo request between two that the command line names, and of its answer.
    func path(from: String, to: String, port: UInt16? = nil, size: Int = 84) throws -> Path {
        let (source, sender) = try sender(from)
        let address = try address(to, seenFrom: source)
        guard let path = prediction.path(from: source, sending: sender, to: address, port: port, size: size) else {
            throw unknown(from)
        }
        return path
    }

    /// The node of a name, `host1`, `host1/c1` or `c1`, or the one that has an address, which is then what it sends from.
    private func sender(_ text: String) throws -> (node: NodeName, address: IPAddress?) {
        if let node = try named(text) { return (node, nil) }
        guard let address = try? IPAddress(text) else { throw unknown(text) }
        guard let owner = prediction.owner(of: address) else {
            throw UsageError("nobody has the address \"\(visible(text))\": name a host or container")
        }
        return (owner, address.isRoutable ? address : nil)
    }

    /// The address of a name as another node asks for it, or the address that is written, whoever has it.
    private func address(_ text: String, seenFrom source: NodeName) throws -> IPAddress {
        guard let node = try named(text) else {
            guard let address = try? IPAddress(text) else { throw unknown(text) }
            return address
        }
        guard let address = prediction.address(of: node, seenFrom: source) else {
            throw UsageError("\"\(source)\" and \"\(node)\" have no addresses of one family")
        }
        return address
    }

    /// What to say of a name that nobody has.
    private func unknown(_ text: String) -> UsageError {
        let names = nodes.flatMap { node in [node.description] + (node.container.map { [$0] } ?? []) }
        let hint = didYouMean(text, among: names).map { "did you mean \"\(visible($0))\"?" }
        return UsageError(
            "no host or container is called \"\(visible(text))\": "
                + (hint
                    ?? "name one of the file, such as \"\(nodes.last { !$0.isOutside }?.description ?? "host1")\", or an address")
        )
    }

    private func named(_ text: String) throws -> NodeName? {
        // Names are bytes: to Swift, the Kelvin sign is a K.
        if let node = nodes.first(where: { $0.description.utf8.elementsEqual(text.utf8) }) { return node }
        let found = nodes.filter { $0.container?.utf8.elementsEqual(text.utf8) == true }
        guard found.count > 1 else { return found.first }
        throw UsageError(
            "\"\(visible(text))\" is \(found.count) containers: write "
                + found.prefix(3).map { "\"\($0)\"" }.joined(separator: " or "))
    }
}
