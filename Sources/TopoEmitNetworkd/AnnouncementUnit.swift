internal import TopoEmit
internal import TopoPlan
internal import TopoText

/// The service by which a host answers for containers' addresses after a reboot: systemd-networkd has words for IPv6 alone
/// (`IPv6ProxyNDPAddress=`), and `IPv4ProxyARP=` is for every address that the host has a route to.
struct AnnouncementUnit {
    /// The name of its file, but for the ending.
    let name: String
    /// Its text.
    let text: String

    /// - Returns: nil where the host announces nothing.
    init?(_ host: HostPlan, of plan: Plan) {
        guard !host.announcements.isEmpty else { return nil }
        name = "topoc-\(plan.name)-announce"
        let entries = host.announcements.map { "proxy \($0.address) dev \($0.interface)" }
        let head = Origin(host, of: plan).comments(on: "the service of announced addresses")
            .map { "# " + shellComment($0) }
        // Names of topologies and interfaces have no signs that systemd reads otherwise.
        text =
            (head + [
                "", "[Unit]", "Description=addresses that topoc's topology \(plan.name) announces",
                "After=systemd-networkd.service",
                "# An interface may be there a moment later.", "StartLimitIntervalSec=0", "", "[Service]",
                "Type=oneshot", "RemainAfterExit=yes", "Restart=on-failure", "RestartSec=1",
            ] + entries.map { "ExecStart=/bin/ip neighbour replace \($0)" }
            + entries.map { "ExecStop=-/bin/ip neighbour delete \($0)" } + [
                "", "[Install]", "WantedBy=multi-user.target", "",
            ]).joined(separator: "\n")
    }
}
