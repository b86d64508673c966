public import TopoPlan

/// Predicts what the plan's network does with packets, before any of it exists.
///
/// The network is indexed once, in time and memory linear in the plan; then the plan's checks and a sample of all pairs
/// of containers (`PairSample`) are walked.
/// - Parameters:
///   - plan: what will exist.
///   - assumptions: how the kernels are set up, where the plan does not say.
///   - sampling: false where the checks alone are asked for.
public func predict(
    _ plan: Plan, assuming assumptions: KernelAssumptions = .init(), sampling: Bool = true
) -> Prediction {
    let network = NetworkBuilder(plan).network()
    var walker = Walker(network, assuming: assumptions)
    let classes = ClassNumbers(network)
    let stated = plan.checks.map { StatedCheck($0, classes: classes, walker: &walker) }
    let sample = StatedSample(stated.flatMap(\.expectations), network, classes)
    let pairs = sampling ? PairSample(network).pairs : []
    let implied = pairs.flatMap { walker.expectations(from: $0.source, to: $0.target) }
    let asserted = sample.expectations + implied
    var control = Controls(network)
    let controls = sampling ? control.controls(of: asserted, &walker) : []
    let leftOut = stated.map(\.leftOut).reduce(sample.leftOut) { $0.merging($1, uniquingKeysWith: +) }
    return Prediction(
        network: network, assumptions: assumptions, expectations: asserted + controls,
        leftOut: leftOut.filter { $0.value > 0 }, diagnostics: stated.flatMap(\.diagnostics))
}
