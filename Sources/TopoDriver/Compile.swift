public import TopoDiagnostics
internal import TopoCheck
public import TopoEmit
internal import TopoEmitGraphviz
internal import TopoEmitLab
internal import TopoEmitNetworkd
internal import TopoEmitReport
internal import TopoEmitShell
internal import TopoEmitVirtualBox
public import TopoForwarding
internal import TopoLower
public import TopoModel
public import TopoPlan
internal import TopoSyntax
public import TopoTemplates

/// The backends, in the order in which their files are listed. A new one is a line here.
let backends: [any Backend] = [
    ShellBackend(), NetworkdBackend(), LabBackend(), VirtualBoxBackend(), GraphvizBackend(), ReportBackend(),
]

/// The backends' names, as `compile` takes them.
public let backendNames = backends.map { type(of: $0).name }

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
/// - Returns: the plan with its prediction, nil where there are errors, and all findings sorted by place.
public func examine(
    _ source: SourceFile, runtime: Runtime? = nil, despiteErrors: Bool = false
) -> Outcome<Examination> {
    let sound = soundTopology(source, despiteErrors: despiteErrors)
    guard let topology = sound.output else { return Outcome(nil, sound.diagnostics.told()) }
    var plan = plan(topology, runtime: runtime)
    let prediction = predict(plan)
    plan.expectations = prediction.expectations
    let diagnostics = (sound.diagnostics + prediction.diagnostics).told()
    let examination = Examination(topology: topology, plan: plan, prediction: prediction)
    return Outcome(diagnostics.hasErrors && !despiteErrors ? nil : examination, diagnostics)
}

/// What a topology file's network is and does, as far as it can be said before all of it is right.
public struct Foresight: Sendable {
    /// What must exist on its hosts.
    public let plan: Plan
    /// What it will do.
    public let prediction: Prediction
}

/// Predicts what the network of a topology file does, also where the network is wrong or its checks cannot hold: a network
/// may be an exercise. Pairs that nobody has asked about are left out.
/// - Returns: the plan with its prediction, nil where the file does not say what could be built, and all findings sorted
///   by place.
public func foresee(_ source: SourceFile) -> Outcome<Foresight> {
    let sound = soundTopology(source, despiteErrors: true)
    guard let topology = sound.output else { return Outcome(nil, sound.diagnostics.told()) }
    let plan = plan(topology, runtime: nil)
    let prediction = predict(plan, sampling: false)
    return Outcome(
        Foresight(plan: plan, prediction: prediction), (sound.diagnostics + prediction.diagnostics).told())
}

/// All that is wrong with a topology file, sorted by place: what `examine` finds, without the prediction of pairs that
/// nobody has asked about.
public func findings(in source: SourceFile) -> [Diagnostic] {
    let sound = soundTopology(source)
    guard let topology = sound.output, !topology.checks.isEmpty else { return sound.diagnostics.told() }
    return (sound.diagnostics + predict(plan(topology, runtime: nil), sampling: false).diagnostics).told()
}

/// A file's topology, nil where it has errors, and all findings in any order.
/// - Parameter despiteErrors: those of the network, in a file that says what it should, do not count.
private func soundTopology(_ source: SourceFile, despiteErrors: Bool = false) -> Outcome<Topology> {
    let tree = read(source)
    guard let root = tree.output else { return Outcome(nil, tree.diagnostics) }
    // With a tree, the only errors of YAML are keys that are there twice.
    let lowered = lower(root, isWhole: !tree.diagnostics.hasErrors)
    guard let topology = lowered.output else { return Outcome(nil, tree.diagnostics + lowered.diagnostics) }
    let ofFile = tree.diagnostics + lowered.diagnostics
    let diagnostics = ofFile + check(topology)
    return Outcome((despiteErrors ? ofFile : diagnostics).hasErrors ? nil : topology, diagnostics)
}

/// Compiles a topology file: the whole way through.
/// - Parameters:
///   - runtime: makes all containers with this runtime, whatever the topology says.
///   - only: the names of the backends that are to write; all of them where empty.
///   - despiteErrors: goes on where the network is wrong, as long as it can be built; what is found is told all the same.
/// - Returns: the files to write, nil where there are errors, and all findings sorted by place.
/// - Throws: `TemplateError` where a replaced template cannot be used.
public func compile(
    _ source: SourceFile, runtime: Runtime? = nil, only: [String] = [], despiteErrors: Bool = false,
    templates: Templates
) throws -> Outcome<Compilation> {
    let examined = examine(source, runtime: runtime, despiteErrors: despiteErrors)
    guard let examination = examined.output else { return Outcome(nil, examined.diagnostics) }
    let compilation = Compilation(
        name: examination.plan.name, artifacts: try artifacts(of: examination, only: only, templates: templates),
        isWrong: examined.diagnostics.hasErrors)
    return Outcome(compilation, examined.diagnostics)
}

/// The files of a topology that is examined already.
/// - Parameter only: the names of the backends that are to write; all of them where empty.
/// - Returns: the files, by backend, then in the order of the plan.
/// - Throws: `TemplateError` where a replaced template cannot be used.
public func artifacts(
    of examination: Examination, only: [String] = [], templates: Templates
) throws -> [Artifact] {
    let chosen = backends.filter { only.isEmpty || only.contains(type(of: $0).name) }
    let jobs = chosen.map { backend -> @Sendable () throws -> [Artifact] in
        { try backend.emit(examination.plan, templates: templates) }
    }
    let lab: [@Sendable () throws -> [Artifact]] = chosen.compactMap { backend in
        switch backend {
        case is ShellBackend: { labScripts(of: examination, templates: templates) }
        case is NetworkdBackend: { labUnits(of: examination, templates: templates) }
        default: nil
        }
    }
    return try concurrently(jobs + lab).flatMap(\.self)
}

/// The hosts' scripts for the lab, in its folder: the same plan with bare namespaces for containers.
/// - Returns: none where the hosts' own scripts will do, since they make bare namespaces themselves.
private func labScripts(of examination: Examination, templates: Templates) -> [Artifact] {
    examination.plan.needsLabVariant
        ? inLabFolder(ShellBackend().emit(labPlan(of: examination), templates: templates)) : []
}

/// The hosts' units for the lab, in its folder.
/// - Returns: none where the hosts' own units will do, since they ask nothing of others' bridges.
private func labUnits(of examination: Examination, templates: Templates) -> [Artifact] {
    guard examination.plan.hosts.flatMap(\.bridges).contains(where: { $0.manager != .topoc }) else { return [] }
    let files = NetworkdBackend().emit(labPlan(of: examination), templates: templates)
    return inLabFolder(files.filter { $0.path.contains("/networkd/") })
}

private func labPlan(of examination: Examination) -> Plan {
    var plan = plan(
        examination.topology, runtime: .netns, macvlan: examination.plan.hosts.contains(where: \.hasMacvlan),
        forLab: true)
    plan.expectations = examination.plan.expectations
    return plan
}

private func inLabFolder(_ artifacts: [Artifact]) -> [Artifact] {
    artifacts.map { artifact in
        Artifact(path: "lab/\(artifact.path)", isExecutable: artifact.isExecutable, contents: artifact.contents)
    }
}
