/// How findings are written.
public enum RenderStyle: Sendable, Hashable, CaseIterable {
    /// Text alone, for pipes and files.
    case plain
    /// With the colours of ECMA-48 (SGR), for terminals.
    case colored
}
