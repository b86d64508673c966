/// A figure without places: what Mermaid and D2 are told, who find the places themselves.
struct Sketch {
    /// A box.
    struct Node {
        /// Its path of kinds and names, outermost first.
        let path: [(kind: String, name: String)]
        let look: Look
        /// The lines in it, its name first.
        let lines: [String]
        /// Its ground; the look's where nil.
        var fill: String?
    }

    /// A frame with boxes in it.
    struct Group {
        let path: [(kind: String, name: String)]
        let title: String
        let nodes: [Node]
    }

    /// A line between two boxes.
    struct Edge {
        /// How it is drawn.
        enum Kind {
            case plain
            case thick
            case dotted
        }

        let from: [(kind: String, name: String)]
        let to: [(kind: String, name: String)]
        let kind: Kind
        let label: String?
        /// How packets go along it, from the device whose interface it is of, `from`.
        let arrows: [TrailMarks.Arrow]
    }

    var nodes: [Node] = []
    var groups: [Group] = []
    var edges: [Edge] = []
}
