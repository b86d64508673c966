internal import TopoCheck
public import TopoDiagnostics
internal import TopoExpand
public import TopoForwarding
public import TopoModel
public import TopoPlan

/// What is known of a topology file once all of it is found right.
public struct Examination: Sendable {
    /// The topology.
    public let topology: Topology
    /// What must exist on its hosts, with what is predicted.
    public let plan: Plan
    /// The prediction, for more than the plan has of it.
    public let prediction: Prediction
    /// The lock of its automatic addresses, where it is another than the one that lies beside the file.
    public let newLock: [UInt8]?
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
    let meaning = meaning(of: source, runtime: runtime)
    let sound = soundTopology(meaning, of: source, despiteErrors: despiteErrors)
    guard let topology = sound.output else { return Outcome(nil, sound.diagnostics.limited()) }
    var plan = plan(topology, runtime: runtime)
    let prediction = predict(plan, assuming: assumptions, sampling: sampling)
    plan.expectations = prediction.expectations
    plan.leftOut = prediction.leftOut
    let diagnostics = (sound.diagnostics + prediction.diagnostics.asWritten(in: source)).limited()
    let examination = Examination(
        topology: topology, plan: plan, prediction: prediction,
        newLock: meaning.lock == source.lock ? nil : meaning.lock)
    return Outcome(diagnostics.hasErrors && !despiteErrors ? nil : examination, diagnostics)
}

/// All that is wrong with a topology file, sorted by place: what `examine` finds, without the prediction of pairs that
/// nobody has asked about.
public func findings(in source: SourceFile) -> [Diagnostic] {
    let sound = soundTopology(meaning(of: source), of: source)
    guard let topology = sound.output, !topology.checks.isEmpty else { return sound.diagnostics.limited() }
    let prediction = predict(plan(topology, runtime: nil), sampling: false)
    return (sound.diagnostics + prediction.diagnostics.asWritten(in: source)).limited()
}

/// A file's topology, nil where it has errors, and all findings in any order.
/// - Parameter despiteErrors: those of the network, in a file that says what it should, do not count.
private func soundTopology(
    _ meaning: Meaning, of source: SourceFile, despiteErrors: Bool = false
) -> Outcome<Topology> {
    guard let topology = meaning.topology else { return Outcome(nil, meaning.diagnostics) }
    let diagnostics = meaning.diagnostics + check(topology).asWritten(in: source)
    return Outcome((despiteErrors ? meaning.diagnostics : diagnostics).hasErrors ? nil : topology, diagnostics)
}
