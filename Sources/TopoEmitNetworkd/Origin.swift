internal import TopoPlan

/// The head of each file, by which a reader, and `install.sh`, know whose it is.
struct Origin {
    private let host: String
    private let topology: String
    private let title: String

    init(_ host: HostPlan, of plan: Plan) {
        self.host = host.name
        topology = plan.name
        title = plan.title
    }

    /// The line that no other topology's files have.
    var mark: String { "Written by topoc for \(topology)/\(host); change the topology file instead, and build again." }

    /// A file's head.
    /// - Parameter subject: what it is for.
    func comments(on subject: String) -> [String] { ["\(subject) of \(host), in \"\(title)\"", mark] }
}
