internal import TopoEmit
internal import TopoModel
internal import TopoPlan
internal import TopoTemplates
internal import TopoText

/// Fills the frame of `capture.sh` for one host.
struct CaptureScript {
    let builder: SectionBuilder
    let templates: Templates

    /// The text of `capture.sh`.
    func text() -> String {
        let host = builder.host
        let proofs = ProofFinder(wide: builder.wide, host: host).proofs()
        let insides = builder.insides()
        let records = proofs.enumerated().flatMap { lines(of: $1, number: $0 + 1) }
        return templates.render(
            "capture.sh",
            [
                "hostComment": .text(shellComment(host.name)),
                "titleComment": .text(shellComment("\"\(builder.plan.title)\"")),
                "insides": .rows(insides),
                "functions": .texts(
                    templates.functions(for: builder.bridgeVerbs.client.words)
                        .used(by: insides.compactMap { $0["command"] } + records).map(\.text)),
                "lines": .texts(records),
            ])
    }

    private func lines(of proof: Proof, number: Int) -> [String] {
        let file = "\(builder.plan.name)-\(builder.host.name)-\(number).pcap"
        let record = [
            "record", proof.nic, file, proof.expectation.source.container ?? "", proof.interface,
            "\(proof.expectation.address)",
        ]
        return [shellLine(record)] + proof.claims.map { "proves \(shellWord($0.text)) \\\n    \(shellWord($0.filter))" }
    }
}
