internal import TopoCheck
public import TopoDiagnostics
internal import TopoExpand
public import TopoForwarding
internal import TopoLower
public import TopoModel
public import TopoPlan
internal import TopoSyntax

/// What is known of a topology file once all of it is found right.
public struct Examination: Sendable {
    /// The topology.
    public let topology: Topology
    /// What must exist on its hosts, with what is predicted.
    public let plan: Plan
    /// The prediction, for more than the plan has of it.
    public let prediction: Prediction
}

/// Examines a topology file: all that compiling does before a file is made.
/// - Parameters:
///   - runtime: makes all containers with this runtime, whatever the topology says.
///   - despiteErrors: goes on where the network is wrong, as long as it can be built; what is found is told all the same.
///   - sampling: false where pairs that no check asks about are not to be predicted.
///   - assumptions: how the hosts' kernels are set up.
/// - Returns: the plan with its prediction, nil where there are errors, and all findings sorted by place.
public func examine(
    _ source: SourceFile, runtime: Runtime? = nil, despiteErrors: Bool = false, sampling: Bool = true,
    assuming assumptions: KernelAssumptions = .init()
) -> Outcome<Examination> {
    let sound = soundTopology(source, despiteErrors: despiteErrors)
    guard let topology = sound.output else { return Outcome(nil, sound.diagnostics.limited()) }
    var plan = plan(topology, runtime: runtime)
    let prediction = predict(plan, assuming: assumptions, sampling: sampling)
    plan.expectations = prediction.expectations
    let diagnostics = (sound.diagnostics + prediction.diagnostics.asWritten(in: source)).limited()
    let examination = Examination(topology: topology, plan: plan, prediction: prediction)
    return Outcome(diagnostics.hasErrors && !despiteErrors ? nil : examination, diagnostics)
}

/// All that is wrong with a topology file, sorted by place: what `examine` finds, without the prediction of pairs that
/// nobody has asked about.
public func findings(in source: SourceFile) -> [Diagnostic] {
    let sound = soundTopology(source)
    guard let topology = sound.output, !topology.checks.isEmpty else { return sound.diagnostics.limited() }
    let prediction = predict(plan(topology, runtime: nil), sampling: false)
    return (sound.diagnostics + prediction.diagnostics.asWritten(in: source)).limited()
}

/// A file's topology, nil where it has errors, and all findings in any order.
/// - Parameter despiteErrors: those of the network, in a file that says what it should, do not count.
private func soundTopology(_ source: SourceFile, despiteErrors: Bool = false) -> Outcome<Topology> {
    let lowered = topology(of: source)
    guard let topology = lowered.output else { return lowered }
    let diagnostics = lowered.diagnostics + check(topology).asWritten(in: source)
    return Outcome((despiteErrors ? lowered.diagnostics : diagnostics).hasErrors ? nil : topology, diagnostics)
}

/// What a file says, as far as it can be made out, and what is wrong with how it says it.
func topology(of source: SourceFile) -> Outcome<Topology> {
    let tree = read(source)
    guard let root = tree.output else { return Outcome(nil, tree.diagnostics) }
    let expanded = expand(root, of: source)
    let ofFile = tree.diagnostics + expanded.diagnostics
    guard let plain = expanded.output else { return Outcome(nil, ofFile) }
    // With a tree, the only errors of YAML are keys that are there twice.
    let lowered = lower(plain, isWhole: !ofFile.hasErrors)
    // A range that is wrong is no unknown name besides.
    let told = Set(expanded.diagnostics.map(\.primary.span))
    let others = lowered.diagnostics.asWritten(in: source).filter { !told.contains($0.primary.span) }
    return Outcome(lowered.output, ofFile + others)
}
