internal import TopoEmit
internal import TopoModel
internal import TopoPlan
internal import TopoTemplates
internal import TopoText

/// Fills the frame of `check.sh` for one host: all expectations whose packets come from it.
struct CheckScript {
    let builder: SectionBuilder
    let templates: Templates

    /// The text of `check.sh`.
    func text() -> String {
        let plan = builder.plan
        let host = builder.host
        let all = builder.wide.expectations(from: host.name)
        // What must not pass is asked last, after it has been seen that something does.
        let mine = merged(all)
        let carriages = carriages(of: all)
        let foreign: [(text: String, verdicts: Int)] = builder.wide.expectationsFromOutside(of: host.name).map {
            (cannotSend($0), 1)
        }
        var passing: [(text: String, verdicts: Int)] = waits(mine).map { ($0, 0) }
        passing += mine.filter(\.isToReach).flatMap(lines) + carriages + foreign
        let silent = mine.filter { !$0.isToReach }.flatMap(lines)
        let lines = passing + silent
        let servers = servers
        let insides = builder.insides()
        let functions = templates.functions(for: builder.bridgeVerbs.client.words)
            .used(by: insides.compactMap { $0["command"] } + lines.map(\.text) + servers).map(\.text)
        let traces = mine.contains { $0.isTraced }
        return templates.render(
            "check.sh",
            [
                "hostComment": .text(shellComment(host.name)),
                "titleComment": .text(shellComment("\"\(plan.title)\"")),
                "hostWord": .text(shellQuoted(host.name)),
                "insides": .rows(insides),
                "interfaces": .list(InterfaceList(of: host).nodes),
                "functions": .texts(functions),
                "tools": .texts(
                    ["ip", "ping"] + (traces ? ["traceroute"] : []) + (carriages.isEmpty ? [] : ["tcpdump"])
                        + (servers.isEmpty && !mine.contains { $0.port != nil } ? [] : ["perl"])),
                "hasServers": .flag(!servers.isEmpty),
                "instances": .flag(builder.adopts),
                "dockers": .flag(!builder.dockers.isEmpty),
                "servers": .texts(servers),
                "count": .text(String(lines.reduce(0) { $0 + $1.verdicts })),
                "hasSilence": .flag(!silent.isEmpty),
                "passingCount": .text(String(passing.reduce(0) { $0 + $1.verdicts })),
                "silentCount": .text(String(silent.reduce(0) { $0 + $1.verdicts })),
                "passing": .texts(inPart(passing.map(\.text), of: silent)),
                "rest": .texts(inPart(silent.map(\.text) + leftOut, of: silent)),
            ])
    }

    /// The lines as they stand in the script: within the condition of their part, where what must not pass is one. A shell
    /// takes no condition with nothing in it.
    private func inPart(_ lines: [String], of silent: [(text: String, verdicts: Int)]) -> [String] {
        guard !silent.isEmpty else { return lines }
        return (lines.isEmpty ? [":"] : lines).map { "    " + $0.replacingBytes("\n", with: "\n    ") }
    }

    /// What must be waited for: a bridge's port forwards 2 × the forward delay after it came up, where the bridge runs STP
    /// (IEEE 802.1D, 8.4); this host's bridges are asked, and of another host's whoever is behind them.
    private func waits(_ expectations: [Expectation]) -> [String] {
        let own = builder.host.bridges.filter(\.stp).map(\.name)
        let isAnywhere = builder.wide.hasSTP(otherThan: builder.host.name)
        let far = expectations.first { expectation in
            if case .reaches = expectation.result { expectation.target.host != builder.host.name } else { false }
        }
        return (own.isEmpty ? [] : [shellLine(["await_forwarding"] + own)])
            + (isAnywhere ? far.map { [shellLine(["await_answer"] + ends(of: $0))] } ?? [] : [])
    }

    /// The expectations, those of the same packets made one: what the user states is mostly implied too.
    private func merged(_ expectations: [Expectation]) -> [Expectation] {
        struct Packets: Hashable {
            let source: NodeName
            // Two may have one address, on segments of their own.
            let target: NodeName
            let address: IPAddress
            let sender: IPAddress?
            let port: Expectation.Port?
        }
        var indices: [Packets: Int] = [:]
        var merged: [Expectation] = []
        for expectation in expectations {
            let packets = Packets(
                source: expectation.source, target: expectation.target, address: expectation.address,
                sender: expectation.sender, port: expectation.port)
            guard let index = indices[packets] else {
                indices[packets] = merged.count
                merged.append(expectation)
                continue
            }
            if expectation.isTraced, !merged[index].isTraced { merged[index] = expectation }
        }
        return merged
    }

    /// The ports of this host and its containers that others connect to.
    private var servers: [String] {
        var seen: Set<[String]> = []
        return builder.plan.expectations.compactMap { expectation in
            guard let port = expectation.port, expectation.isToReach, expectation.target.host == builder.host.name
            else {
                return nil
            }
            let words = ["serve", expectation.target.container ?? expectation.target.host, String(port.served)]
            return seen.insert(words).inserted ? shellLine(words) : nil
        }
    }

    /// What must be seen on this host's NICs; other hosts' NICs are not to be listened on from here.
    private func carriages(of expectations: [Expectation]) -> [(text: String, verdicts: Int)] {
        translations(of: expectations)
            + expectations.compactMap { expectation in
                guard let carriage = expectation.carriage, carriage.host == builder.host.name else { return nil }
                let filter = CarriageFilter(layers: carriage.layers, vlan: carriage.vlan)
                return travelsInside(
                    expectation, carriage.nic, claim: filter.words,
                    filter.packets(from: carriage.sender, to: expectation.address),
                    not: PacketFilter.echo(from: carriage.sender, to: expectation.address))
            }
    }

    /// What the others see of packets that this host gives another source: the first of each pair of addresses.
    private func translations(of expectations: [Expectation]) -> [(text: String, verdicts: Int)] {
        var seen: Set<Expectation.SourceChange> = []
        return expectations.compactMap { expectation in
            guard let change = expectation.translation, change.host == builder.host.name, expectation.port == nil,
                expectation.isStated, expectation.isToReach, seen.insert(change).inserted
            else { return nil }
            return travelsInside(
                expectation, change.interface, claim: "from \(change.new), not from \(change.old)",
                PacketFilter.echo(from: change.new, to: expectation.address),
                not: PacketFilter.echo(from: change.old, to: expectation.address))
        }
    }

    /// That a NIC shows an expectation's packets by one filter, and none by another.
    private func travelsInside(
        _ expectation: Expectation, _ nic: String, claim: String, _ filter: String, not bare: String
    ) -> (text: String, verdicts: Int) {
        let call = shellLine(["travels_inside"] + ends(of: expectation) + [nic])
        return (([call] + [claim, filter, bare].map(shellWord)).joined(separator: " \\\n    "), 1)
    }

    private func lines(_ expectation: Expectation) -> [(text: String, verdicts: Int)] {
        assertions(expectation).map { text, verdicts in
            (expectation.sender.map { shellLine(["sent_from", "\($0)"]) + " " + text } ?? text, verdicts)
        }
    }

    private func assertions(_ expectation: Expectation) -> [(text: String, verdicts: Int)] {
        let words = ends(of: expectation)
        if let port = expectation.port { return [(shellLine(["connects"] + words + [String(port.asked)]), 1)] }
        switch expectation.result {
        case .fails(let reason): return [(silence(expectation, words, reason), 1)]
        case .reaches where expectation.isControl: return [(shellLine(["reaches"] + words), 1)]
        case .reaches(let hops, let mtu):
            // ICMP's own header has 8 bytes (RFC 792).
            let headers = String(expectation.address.family.headerSize + 8)
            // What vanishes is not asked for: without br_netfilter a bridge passes four bytes more than it promises.
            let (assertion, verdicts) = expectation.tellsOfLarger ? ("carries_at_most", 2) : ("carries_whole", 1)
            var lines = [(shellLine(["reaches"] + words), 1)]
            // How large a packet may be that leaves the topology is not the topology's to say.
            if !expectation.target.isOutside {
                lines.append((shellLine([assertion] + words + [String(mtu), headers]), verdicts))
            }
            if expectation.isTraced {
                let routers = hops.flatMap { [$0.name, $0.addresses.map(\.description).joined(separator: " ")] }
                let goes = expectation.target.isOutside ? "goes_out_by" : "goes_by"
                lines.append((shellLine([goes] + words + routers), 1))
            }
            return lines
        }
    }

    /// What must not pass. Where the target is on this host, it is seen there that nothing comes; where somebody else answers for
    /// the address, that nothing is answered cannot be asked for.
    private func silence(_ expectation: Expectation, _ words: [String], _ reason: String) -> String {
        let other = expectation.answeredBy.map { builder.wide.name(of: $0) }
        let why = other.map { "\($0) has that address there" } ?? reason
        guard expectation.target.host == builder.host.name, !expectation.arrives else {
            return other == nil
                ? shellLine(["reaches_not"] + words + [shellComment(why)])
                : shellLine(["cannot_ask"] + words + [shellComment(why)])
        }
        let target = expectation.target.container ?? expectation.target.host
        return shellLine(["keeps_out"] + words + [target, other ?? "", shellComment(why)])
    }

    /// What only somebody outside the topology could ask.
    private func cannotSend(_ expectation: Expectation) -> String {
        let sender = expectation.sender.map { "\($0)" } ?? expectation.source.host
        let words = [sender, builder.wide.name(of: expectation.target), "\(expectation.address)"]
        let verb = expectation.port == nil ? "reaches" : "connects to"
        return shellLine(["cannot_send"] + words + [expectation.isToReach ? verb : "does not reach"])
    }

    /// What is said of the pairs that are not asked.
    private var leftOut: [String] {
        guard let count = builder.plan.leftOut[builder.host.name] else { return [] }
        return ["printf '# %s: %d more pairs of the checks are like these, and were left out\\n' \"${host}\" \(count)"]
    }

    /// Who sends an expectation's packets, whom they are for and to which address, as assertions take them.
    private func ends(of expectation: Expectation) -> [String] {
        [
            expectation.source.container ?? expectation.source.host, builder.wide.name(of: expectation.target),
            "\(expectation.address)",
        ]
    }
}
