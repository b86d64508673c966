internal import TopoModel
internal import TopoPlan

/// Every subnet with how much of it is taken.
struct SubnetTable {
    private struct Row {
        let prefix: Prefix
        var addresses: [IPAddress] = []
        var places: [String] = []
    }

    private let plan: Plan
    private let words: ReportWords

    init(_ plan: Plan, _ words: ReportWords) { (self.plan, self.words) = (plan, words) }

    var table: Table {
        var rows: [Row] = []
        var numbers: [Prefix: Int] = [:]
        func row(_ prefix: Prefix) -> Int {
            if let number = numbers[prefix] { return number }
            numbers[prefix] = rows.count
            rows.append(Row(prefix: prefix))
            return rows.count - 1
        }
        for lan in plan.lans {
            for prefix in lan.subnets {
                let gateways = lan.gateways.filter(prefix.contains).map {
                    ", \(words.say("gateway", "puerta de enlace")) \($0)"
                }
                rows[row(prefix)].places.append("LAN \(lan.name)\(gateways.joined())")
            }
        }
        for host in plan.hosts {
            for planned in host.objects {
                guard case .address(let address) = planned.object else { continue }
                let number = row(address.address.prefix)
                rows[number].addresses.append(address.address.address)
                if !rows[number].places.contains(host.name) { rows[number].places.append(host.name) }
            }
        }
        return Table(
            "subnets", words.say("Subnets", "Subredes"),
            columns: [
                words.say("subnet", "subred"), words.say("addresses in use", "direcciones en uso"),
                words.say("first", "primera"), words.say("last", "última"), words.say("where", "dónde"),
            ],
            rows: rows.map { row in
                let sorted = row.addresses.sorted()
                return [
                    "\(row.prefix)",
                    words.say(
                        "\(row.addresses.count) of \(row.prefix.hostCount)",
                        "\(row.addresses.count) de \(row.prefix.hostCount)"),
                    sorted.first?.description ?? "", sorted.last?.description ?? "",
                    row.places.joined(separator: ", "),
                ]
            })
    }
}
