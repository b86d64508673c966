/// The language that a figure is written in.
public enum FigureNotation: String, Sendable, Hashable, CaseIterable {
    /// Graphviz's.
    case dot
    /// Mermaid's flowchart, as Git forges and note-taking programs show it.
    case mermaid
    /// D2's.
    case d2
}
