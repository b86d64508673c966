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

    init(_ plan: Plan) { self.plan = plan }

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
            for prefix in lan.subnets { rows[row(prefix)].places.append("LAN \(lan.name)") }
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
            "subnets", "Subnets", columns: ["subnet", "addresses in use", "first", "last", "where"],
            rows: rows.map { row in
                let sorted = row.addresses.sorted()
                return [
                    "\(row.prefix)", "\(row.addresses.count) of \(row.prefix.hostCount)",
                    sorted.first?.description ?? "", sorted.last?.description ?? "",
                    row.places.joined(separator: ", "),
                ]
            })
    }
}
