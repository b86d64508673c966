internal import TopoModel
internal import TopoPlan

/// What is predicted, and asked by the check scripts.
enum ExpectationTable {
    static func table(_ plan: Plan, _ words: ReportWords) -> Table {
        Table(
            "predictions", words.say("Predictions", "Predicciones"),
            note: words.say(
                "What check.sh checks on the hosts: first the checks of the topology, then what follows from it.",
                "Lo que check.sh comprueba en los anfitriones: primero lo que pide la topología, después lo que se deduce de ella."
            ),
            columns: [
                words.say("from", "desde"), words.say("to", "hasta"), words.say("address", "dirección"),
                words.say("answered", "con respuesta"), words.say("through", "a través de"),
                words.say("largest packet", "paquete más grande"), words.say("asked by", "lo pide"),
            ],
            rows: plan.expectations.map { expectation in
                let (answered, hops, size): (String, String, String) =
                    switch expectation.result {
                    case .reaches(let hops, let mtu):
                        (
                            words.say("yes", "sí"), hops.map(\.name).joined(separator: ", "),
                            expectation.target.isOutside ? "" : "\(mtu)"
                        )
                    case .fails(let reason): (words.say("no: \(reason)", "no"), "", "")
                    }
                return [
                    expectation.sender.map { "\(expectation.source) (\($0))" } ?? "\(expectation.source)",
                    "\(expectation.target)",
                    "\(expectation.address)" + (expectation.port.map { ", TCP \($0.asked)" } ?? ""), answered,
                    hops.isEmpty && expectation.isToReach ? words.say("directly", "directo") : hops, size,
                    expectation.isStated ? words.say("the topology", "la topología") : "topoc",
                ]
            })
    }
}
