internal import TopoEmit
internal import TopoPlan
internal import TopoText

/// A host's rules for the addresses of forwarded packets, and the service by which they are there after a reboot.
struct NATUnit {
    /// The name of both files, but for their endings.
    let name: String
    /// The rules, for nft(8).
    let rules: String
    /// The service.
    let service: String

    /// - Returns: nil where the host changes no addresses.
    init?(_ host: HostPlan, of plan: Plan) {
        guard let nat = host.nat else { return nil }
        name = "topoc-\(plan.name)-nat"
        let table = NATTable(name: plan.natTable, nat)
        let origin = Origin(host, of: plan)
        func head(_ subject: String) -> String {
            origin.comments(on: subject).map { "# " + shellComment($0) }.joined(separator: "\n")
        }
        rules = head("the addresses of forwarded packets") + "\n\n" + table.replacement
        // Names of topologies are letters, digits, "-", "_" and ".": none that systemd reads otherwise.
        service = """
            \(head("the service of NAT"))

            [Unit]
            Description=NAT of topoc's topology \(plan.name)
            # Its file begins with "flush ruleset": what is here is to be made again whenever it is read.
            PartOf=nftables.service
            After=nftables.service

            [Service]
            Type=oneshot
            RemainAfterExit=yes
            ExecStart=/usr/sbin/nft -f /etc/systemd/network/\(name).nft
            ExecStop=-/usr/sbin/nft delete table inet \(plan.natTable)

            [Install]
            WantedBy=multi-user.target

            """
    }

    /// The files, with their names.
    var files: [(name: String, text: String)] { [("\(name).nft", rules), ("\(name).service", service)] }
}
