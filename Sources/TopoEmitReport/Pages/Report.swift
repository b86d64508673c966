public import TopoEmit
public import TopoForwarding
public import TopoPlan

/// All that a report shows.
public struct Report: Sendable {
    /// A drawn figure.
    public struct Figure: Sendable, Hashable {
        /// The view, as the command line calls it.
        public let view: String
        /// What it is called: `Layer 2`.
        public let title: String
        /// The SVG; nil where it was not drawn.
        public let svg: String?
        /// The file beside the report that has it, for formats that cannot hold it; nil where there is none.
        public let file: String?

        /// Makes a figure.
        public init(view: String, title: String, svg: String?, file: String?) {
            self.view = view
            self.title = title
            self.svg = svg
            self.file = file
        }
    }

    /// The plan.
    public let plan: Plan
    /// What is predicted of it.
    public let prediction: Prediction
    /// The figures, in order.
    public let figures: [Figure]
    /// The scripts, as they are written.
    public let scripts: [Artifact]
    /// What the checks said where they were run.
    public let checks: [CheckLog]
    /// What to say of why something is missing, a sentence each.
    public let notes: [String]
    /// Its words.
    public let words: ReportWords

    /// Makes a report.
    public init(
        plan: Plan, prediction: Prediction, figures: [Figure] = [], scripts: [Artifact] = [], checks: [CheckLog] = [],
        notes: [String] = [], words: ReportWords = .english
    ) {
        self.plan = plan
        self.prediction = prediction
        self.figures = figures
        self.scripts = scripts
        self.checks = checks
        self.notes = notes
        self.words = words
    }

    /// The tables, in the order in which a report has them.
    public var tables: [Table] { tables(PairPaths(ContainerClasses(plan, prediction))) }

    /// The tables, of paths that are walked already.
    func tables(_ paths: PairPaths) -> [Table] {
        TableName.allCases.compactMap { table($0, words) { paths } }
    }

    /// One table, as programs read it, in English; nil where there is no log for that of the checks, or no network for that of
    /// the networks.
    public func table(_ name: TableName) -> Table? {
        table(name, .english) { PairPaths(ContainerClasses(plan, prediction)) }
    }

    private func table(_ name: TableName, _ words: ReportWords, _ paths: () -> PairPaths) -> Table? {
        switch name {
        case .networks: NetworkTable(plan, words).table
        case .subnets: SubnetTable(plan, words).table
        case .addresses: AddressTable(plan, words).table
        case .routes: RouteTable(plan, words).table
        case .nat: NATRuleTable.table(plan, words)
        case .tunnels: TunnelTable(plan, words).table
        case .reachability: ReachabilityMatrix(paths(), words).table
        case .predictions: ExpectationTable.table(plan, words)
        case .checks: checks.isEmpty ? nil : CheckLog.table(checks, words)
        }
    }
}

/// A table of a report, by the name that the command line calls it.
public enum TableName: String, Sendable, Hashable, CaseIterable {
    case networks
    case subnets
    case addresses
    case routes
    case nat
    case tunnels
    case reachability
    case predictions
    case checks
}
