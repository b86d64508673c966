internal import TopoModel
internal import TopoPlan
internal import TopoText

/// What `templates/report/RUNBOOK.md` is filled with. All texts are Markdown already.
struct Runbook {
    /// A host's part.
    struct Host {
        let name: String
        /// One or none; an optional would be looked up in what is around it.
        let descriptions: [String]
        /// The command that copies its scripts to it.
        let copy: String
        /// The command that runs one of its scripts there, up to the slash before the script's name.
        let run: String
        let nics: [Interface]
        let bridges: [Interface]
        let tunnels: [Interface]
        let vlans: [Interface]
        /// What it does to addresses, by interface.
        let nat: [Interface]
        let containers: [Container]
    }

    /// An interface of a host, with what is said of it in words.
    struct Interface {
        let name: String
        let facts: String
    }

    /// A container.
    struct Container {
        let name: String
        let facts: String
    }

    /// Something that topoc worked out, and the places where it came out the same.
    struct Derived {
        let places: String
        let what: String
        let value: String
        let from: String
    }

    /// The hosts and networks that `virtualbox.sh` is about.
    struct VirtualBox {
        let hosts: String
        let networks: String
    }

    /// Something that is expected.
    struct Claim {
        let from: String
        let to: String
        let result: String
    }

    let name: String
    let title: String
    let descriptions: [String]
    let folder: String
    let tools: String
    let lans: [Interface]
    /// One or none.
    let virtualBox: [VirtualBox]
    let hosts: [Host]
    let reversedHosts: [Host]
    let claims: [Claim]
    let hasClaims: Bool
    let derived: [Derived]
    let hasDerived: Bool

    init(_ plan: Plan) {
        name = Markdown.code(plan.name)
        title = Markdown.text(plan.title)
        descriptions = [plan.description].compactMap { $0.map(Markdown.text) }
        folder = shellWord(plan.name)
        tools = Runbook.tools(of: plan)
        lans = plan.lans.map { Interface(name: Markdown.code($0.name), facts: Runbook.facts(of: $0)) }
        virtualBox = [VirtualBox(plan)].compactMap { $0 }
        let hosts = plan.hosts.map { RunbookHost($0, of: plan).part }
        self.hosts = hosts
        reversedHosts = hosts.reversed()
        claims = plan.expectations.filter(\.isStated).map(Claim.init)
        hasClaims = !claims.isEmpty
        derived = Runbook.grouped(plan.hosts.flatMap(DerivedValue.values))
        hasDerived = !derived.isEmpty
    }

    private static func tools(of plan: Plan) -> String {
        var runtimes: [Runtime] = []
        for host in plan.hosts {
            for planned in host.objects {
                if case .container(let container) = planned.object, !runtimes.contains(container.runtime) {
                    runtimes.append(container.runtime)
                }
            }
        }
        let bridge: [String] =
            switch plan.bridgeTools {
            case .brctl: ["`brctl` (bridge-utils)"]
            case .iproute2: []
            }
        let makers = Runtime.allCases.filter(runtimes.contains).compactMap { runtime -> String? in
            switch runtime {
            case .lxd: "`lxc` (LXD)"
            case .incus: "`incus` (Incus)"
            case .docker: "`docker` and `nsenter`"
            case .netns: nil
            }
        }
        let nat = plan.hosts.contains { $0.nat != nil } ? ["`nft` (nftables)"] : []
        return (["`ip` (iproute2)"] + bridge + nat + makers).joined(separator: ", ")
    }

    private static func facts(of lan: PlannedLAN) -> String {
        let subnets = lan.subnets.map(\.description).joined(separator: ", ")
        let plugs = lan.plugs.map { "\(Markdown.text($0.host)) \(Markdown.code($0.nic))" }.joined(separator: ", ")
        var facts = [subnets.isEmpty ? "no subnet of its own" : subnets, "MTU \(lan.mtu.value)"]
        facts.append(plugs.isEmpty ? "nothing is plugged to it" : "plugged to it: \(plugs)")
        if let network = lan.virtualBoxNetwork { facts.append("VirtualBox network \(Markdown.code(network))") }
        return facts.joined(separator: "; ")
    }
}

extension Runbook.VirtualBox {
    /// What is said of the script.
    /// - Returns: nil where no NIC is on a VirtualBox network, so that there is no script.
    init?(_ plan: Plan) {
        let lans = plan.lans.filter { $0.virtualBoxNetwork != nil && !$0.plugs.isEmpty }
        guard !lans.isEmpty else { return nil }
        let plugged = plan.hosts.filter { host in lans.contains { $0.plugs.contains { $0.host == host.name } } }
        hosts = plugged.map { Markdown.text($0.name) }.joined(separator: ", ")
        let names = lans.compactMap(\.virtualBoxNetwork)
        networks = names.enumerated().filter { names.firstIndex(of: $1) == $0 }.map { Markdown.code($1) }
            .joined(separator: ", ")
    }
}

extension Runbook.Claim {
    init(_ expectation: Expectation) {
        let sender = expectation.sender.map { " (\($0))" } ?? ""
        from = Markdown.text(expectation.source.description) + sender
        to =
            "\(Markdown.text(expectation.target.description)) (\(expectation.address))"
            + (expectation.port.map { ", TCP port \($0.asked)" } ?? "")
        switch expectation.result {
        case .reaches(let hops, let mtu):
            let way = hops.isEmpty ? "directly" : "by " + hops.map { Markdown.text($0.name) }.joined(separator: ", ")
            let inside = expectation.carriage.map { "; on LAN \(Markdown.code($0.lan)) inside \($0.words)" }
            // How large a packet may be outside is not the topology's to say.
            let size = expectation.target.isOutside ? "" : ", in packets of up to \(mtu) bytes"
            result = "reached \(way)\(size)\(inside ?? "")"
        case .fails(let reason): result = "not reached: \(Markdown.text(reason))"
        }
    }
}
