public import TopoDiagnostics
public import TopoModel

/// Finds what is wrong with a topology as a network.
/// - Returns: all findings, sorted by place.
public func check(_ topology: Topology) -> [Diagnostic] {
    []
}
