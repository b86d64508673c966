internal import TopoModel
internal import TopoPlan

/// What is predicted, and asked by the check scripts.
enum ExpectationTable {
    static func table(_ plan: Plan) -> Table {
        Table(
            "predictions", "Predictions",
            note: "What check.sh asks on the hosts: the topology's own checks first, then what it implies.",
            columns: ["from", "to", "address", "answered", "by", "largest packet", "asked by"],
            rows: plan.expectations.map { expectation in
                let (answered, hops, size): (String, String, String) =
                    switch expectation.result {
                    case .reaches(let hops, let mtu):
                        ("yes", hops.map(\.name).joined(separator: ", "), "\(mtu)")
                    case .fails(let reason): ("no: \(reason)", "", "")
                    }
                return [
                    "\(expectation.source)", "\(expectation.target)", "\(expectation.address)", answered,
                    hops.isEmpty && !size.isEmpty ? "directly" : hops, size,
                    expectation.isStated ? "the topology" : "topoc",
                ]
            })
    }
}
