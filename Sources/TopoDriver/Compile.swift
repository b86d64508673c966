public import TopoDiagnostics
public import TopoEmit
public import TopoForwarding
internal import TopoEmitAnsible
internal import TopoEmitGraphviz
internal import TopoEmitLab
internal import TopoEmitNetworkd
internal import TopoEmitReport
internal import TopoEmitShell
internal import TopoEmitVirtualBox
public import TopoModel
internal import TopoPlan
public import TopoTemplates

/// The backends, in the order in which their files are listed. A new one is a line here.
let backends: [any Backend] = [
    ShellBackend(), NetworkdBackend(), LabBackend(), VirtualBoxBackend(), AnsibleBackend(),
    GraphvizBackend(), ReportBackend(),
]

/// The backends' names, as `compile` takes them.
public let backendNames = backends.map { type(of: $0).name }

/// Compiles a topology file: the whole way through.
/// - Parameters:
///   - runtime: makes all containers with this runtime, whatever the topology says.
///   - only: the names of the backends that are to write; all of them where empty.
///   - despiteErrors: goes on where the network is wrong, as long as it can be built; what is found is told all the same.
///   - assumptions: how the hosts' kernels are set up.
/// - Returns: the files to write, nil where there are errors, and all findings sorted by place.
/// - Throws: what a backend cannot write.
public func compile(
    _ source: SourceFile, runtime: Runtime? = nil, only: [String] = [], despiteErrors: Bool = false,
    assuming assumptions: KernelAssumptions = .init(), templates: Templates
) throws -> Outcome<Compilation> {
    let examined = examine(source, runtime: runtime, despiteErrors: despiteErrors, assuming: assumptions)
    guard let examination = examined.output else { return Outcome(nil, examined.diagnostics) }
    let compilation = Compilation(
        name: examination.plan.name, artifacts: try artifacts(of: examination, only: only, templates: templates),
        newLock: examination.newLock, isWrong: examined.diagnostics.hasErrors)
    return Outcome(compilation, examined.diagnostics)
}

/// The files of a topology that is examined already.
/// - Parameter only: the names of the backends that are to write; all of them where empty.
/// - Returns: the files, by backend, then in the order of the plan.
/// - Throws: what a backend cannot write.
public func artifacts(
    of examination: Examination, only: [String] = [], templates: Templates
) throws -> [Artifact] {
    let chosen = backends.filter { only.isEmpty || only.contains(type(of: $0).name) }
    let plan = examination.plan
    let lab = plan.needsLabVariant ? labPlan(of: examination) : nil
    let hosts = chosen.map { backend -> @Sendable () throws -> [Artifact] in
        { try backend.emit(plan, templates: templates) }
    }
    let variants = chosen.map { backend -> @Sendable () throws -> [Artifact] in
        { try lab.map { inLabFolder(try backend.emitForLab($0, of: plan, templates: templates)) } ?? [] }
    }
    return try concurrently(hosts + variants).flatMap(\.self)
}

/// The plan for the lab: with bare namespaces for containers, and with the bridges that others would make.
private func labPlan(of examination: Examination) -> Plan {
    var plan = plan(
        examination.topology, runtime: .netns, macvlan: examination.plan.hosts.contains(where: \.hasMacvlan),
        forLab: true)
    plan.expectations = examination.plan.expectations
    plan.leftOut = examination.plan.leftOut
    return plan
}

private func inLabFolder(_ artifacts: [Artifact]) -> [Artifact] {
    artifacts.map { artifact in
        Artifact(path: "lab/\(artifact.path)", isExecutable: artifact.isExecutable, contents: artifact.contents)
    }
}
