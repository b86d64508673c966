internal import TopoModel
internal import TopoNetwork
internal import TopoPlan

/// What hosts do to the addresses of packets that they forward.
enum NATRuleTable {
    /// The table; nil where no host does any of it.
    static func table(_ plan: Plan, _ words: ReportWords) -> Table? {
        let all = plan.hosts.flatMap { rows(of: $0, words) }
        guard !all.isEmpty else { return nil }
        return Table(
            "nat", words.say("Translated addresses (NAT)", "Traducción de direcciones (NAT)"),
            note: words.say(
                "Of a host's rules for one interface the first that fits applies; answers are translated back.",
                "De las reglas de una interfaz se aplica la primera que encaja; las respuestas se traducen de vuelta."),
            columns: [
                words.say("host", "anfitrión"), words.say("interface", "interfaz"), words.say("packets", "paquetes"),
                words.say("not those to", "salvo hacia"), words.say("become", "pasan a ser"),
            ], rows: all)
    }

    private static func rows(of host: HostPlan, _ words: ReportWords) -> [[String]] {
        guard let nat = host.nat else { return [] }
        let rules = nat.rules.map { rule in
            let family = rule.family.title
            let from = rule.from.map { "\($0)" }.joined(separator: ", ")
            let source =
                rule.address.map { "\($0)" } ?? words.say("the interface's address", "la dirección de la interfaz")
            return [
                host.name, rule.out,
                words.say("out, from ", "salientes, desde ")
                    + (from.isEmpty ? words.say("anywhere", "cualquiera") + " (\(family))" : from),
                rule.except.map { "\($0)" }.joined(separator: ", "), words.say("from ", "desde ") + source,
            ]
        }
        let ports = nat.ports.map { port in
            let transport = port.transport.rawValue.uppercased()
            return [
                host.name, port.in,
                words.say("in, for ", "entrantes, hacia ") + port.own.map { "\($0)" }.joined(separator: ", ")
                    + ", \(transport) \(port.port)",
                "", words.say("for ", "hacia ") + "\(port.target), \(transport) \(port.targetPort)",
            ]
        }
        return ports + rules
    }
}
