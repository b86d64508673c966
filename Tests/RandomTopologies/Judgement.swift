package import TopoDiagnostics
import TopoDriver
import TopoForwarding
import TopoModel

/// What is found of a topology, held against what the prediction delivers.
package struct Judgement: Sendable {
    /// All findings.
    package let findings: [Diagnostic]
    /// How many pairs of a container and an address are meant to reach each other.
    package let pairs: Int
    /// What is meant to arrive and does not.
    package let losses: [Loss]
    /// Whether an error says that something is lost, while all nodes reach each other.
    package let isAccusedWrongly: Bool

    /// What speaks of packets that do not arrive, as a warning too.
    private static let speaking: Set<DiagnosticCode> = [
        .subnetsOverlap, .duplicateAddress, .noSharedSubnet, .addressOutsideSubnet, .subnetNotJoined, .severalSubnets,
        .layer2Loop, .tunnelEndsDiffer, .hostApart, .nicWithoutLAN, .framesDropped, .mustForward, .nextHopNotConnected,
        .noRoute,
        .routingLoop, .tunnelThroughItself, .noAddressOnBridge, .nativeVLANsDiffer, .vlanLeadsNowhere, .checkCannotHold,
    ]
    /// What as an error says that packets are lost between nodes of the file.
    private static let accusing: Set<DiagnosticCode> = [
        .subnetsOverlap, .layer2Loop, .framesDropped, .mustForward, .noRoute, .routingLoop, .tunnelThroughItself,
    ]

    /// Whether nothing is said of packets that do not arrive.
    package var isSilent: Bool {
        !findings.contains { $0.severity == .error || Self.speaking.contains($0.code) }
    }

    package var hasErrors: Bool { findings.hasErrors }

    /// What is lost while nothing is said.
    package var unsaid: [Loss] { isSilent ? losses : [] }

    /// The codes of all findings, each once.
    package var codes: [String] { Set(findings.map(\.code.rawValue)).sorted() }

    /// Judges a topology.
    /// - Returns: nil where the file does not say a network.
    package static func judge(_ text: String) -> Judgement? {
        let source = SourceFile(path: "random.topo", bytes: Array(text.utf8))
        let examination = examine(source, despiteErrors: true, sampling: false)
        guard let output = examination.output else { return nil }
        let meaning = Meaning(output.topology, nodes: output.prediction.nodes)
        var finder = Pathfinder(output.prediction)
        let (pairs, losses) = meaning.losses(&finder)
        let errors = examination.diagnostics.filter { $0.severity == .error }
        // Other errors may be what is meant, so that nothing else is lost.
        // A tunnel that runs through itself may have another beside it, on the same bridge, that carries all.
        let accuses =
            !errors.isEmpty
            && errors.allSatisfy {
                accusing.contains($0.code) && !($0.code == .tunnelThroughItself && output.topology.hasTunnelsSideBySide)
            }
        return Judgement(
            findings: examination.diagnostics, pairs: pairs, losses: losses,
            isAccusedWrongly: accuses && losses.isEmpty && !meaning.losesAnything(&finder))
    }
}

extension Topology {
    /// Whether a bridge has several tunnels as its ports.
    fileprivate var hasTunnelsSideBySide: Bool {
        hosts.contains { host in
            let tunnels = Set(host.tunnels.map(\.name.value))
            return host.bridges.contains { bridge in bridge.ports.count { tunnels.contains($0.value) } > 1 }
        }
    }
}
