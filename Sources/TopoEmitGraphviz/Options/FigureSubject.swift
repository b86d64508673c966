internal import TopoPlan

/// What of a plan a figure is drawn from.
struct FigureSubject {
    let lans: [PlannedLAN]
    let hosts: [HostFacts]
    let overlays: [Overlay]
    /// How the networks of the whole topology look, by their names: the same in each of its figures.
    let networks: [String: NetworkLook]

    /// - Throws: `FigureError` where the plan has nothing of what the view shows.
    init(_ plan: Plan, _ options: FigureOptions) throws(FigureError) {
        let words = Words(language: options.language)
        // What is outside is drawn as the router that leads there.
        let all = (plan.hosts + plan.lans.compactMap(\.outsideHost)).map(HostFacts.init)
        networks = NetworkLook.all(all)
        switch options.view {
        case .layer2, .layer3: (lans, hosts) = (plan.lans, all)
        case .underlay, .overlay:
            guard all.contains(where: { !$0.tunnels.isEmpty }) else {
                throw FigureError(
                    description: "there is no tunnel in this topology, so it has no \(options.view.name): draw l2 or l3"
                )
            }
            let parts: [HostFacts] =
                options.view == .underlay ? all.map(\.underlay) : all.map(\.overlay).filter { !$0.tunnels.isEmpty }
            (lans, hosts) = (FigureSubject.lans(plan, of: parts), parts)
        case .host(let name):
            guard let host = all.first(where: { $0.name.utf8.elementsEqual(name.utf8) }) else {
                let names = all.map { "\"\($0.name)\"" }.joined(separator: ", ")
                throw FigureError(description: "there is no host \"\(name)\" in this topology: it has \(names)")
            }
            (lans, hosts) = (FigureSubject.lans(plan, of: [host]), [host])
        }
        // Found among all hosts, since the far ends are told too, and drawn between those that are shown.
        overlays = Overlay.all(all, words, mtus: options.mtus).compactMap { [hosts] in $0.between(hosts, of: all) }
    }

    /// The LANs that hosts are plugged to.
    private static func lans(_ plan: Plan, of hosts: [HostFacts]) -> [PlannedLAN] {
        let plugged = Set(hosts.flatMap(\.nics).compactMap(\.lan))
        return plan.lans.filter { plugged.contains($0.name) }
    }

    /// How much there is to see.
    func summary(_ words: Words) -> String {
        words.summary(
            hosts: hosts.count { !$0.isOutside }, containers: hosts.reduce(0) { $0 + $1.containers.count },
            lans: lans.count,
            tunnels: hosts.reduce(0) { $0 + $1.tunnels.count })
    }
}
