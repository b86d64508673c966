public import TopoDiagnostics
internal import TopoLower
public import TopoTemplates

/// The kinds of networks that a user can start from.
public enum StartKind: String, Sendable, CaseIterable {
    /// All containers in the hosts' own LAN.
    case bridged
    /// Each host routes for its own containers.
    case routed
    /// One LAN of containers over the hosts' IP network, in Ethernet over GRE.
    case gretap
    /// The same in VXLAN.
    case vxlan
}

/// A small commented topology file of a kind, which has no errors with the templates that are built in.
/// - Parameters:
///   - kind: what network it is.
///   - name: the topology's name, for which ``nameFault(ofTopology:)`` gives nil.
/// - Returns: the file, called `NAME.topo`.
public func startTopology(_ kind: StartKind, name: String, templates: Templates) -> SourceFile {
    let text = templates.render("\(kind.rawValue).topo", ["name": .text(name)])
    return SourceFile(path: "\(name).topo", bytes: Array(text.utf8))
}

/// Why a text cannot be a topology's name without quotes, as a phrase after the name such as `has white space`; nil where
/// it can.
public func nameFault(ofTopology name: String) -> String? {
    name.lowercased().utf8.elementsEqual("null".utf8) ? "means nothing at all in YAML" : topologyNameFault(name)
}
