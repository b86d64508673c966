internal import TopoForwarding
internal import TopoModel
internal import TopoPlan

/// Containers that packets treat alike: a way from one of them to another container is the same as from any other of its
/// class, but for names and addresses, and so is a way to them.
///
/// Alike are containers of one host with one interface at the same place (bridge, or a link of their own), with the
/// same MTU and the same routes, that do not forward, and whose addresses the same prefixes of all routing tables
/// hold; each other container is a class of its own.
struct ContainerClasses {
    /// A container with one interface, or any other.
    struct Member {
        let name: NodeName
        let veths: [PlannedVeth]
        /// Its addresses, in the order of the plan.
        let addresses: [InterfaceAddress]
        /// The addresses of the host's end of a link of its own.
        let hostEnds: [InterfaceAddress]

        /// The address by which others ask it.
        func address(_ family: AddressFamily) -> IPAddress? {
            addresses.first { $0.address.family == family }?.address
        }
    }

    /// Everything of a container that can matter to a packet's way.
    private struct Kind: Hashable {
        let host: String
        let bridge: String?
        let mtu: Int
        let routes: [String]
        let subnets: [String]
        let prefixes: [[Int]]
        /// The container's own name where it is like no other.
        let own: String?
    }

    let plan: Plan
    let prediction: Prediction
    let members: [Member]
    /// The members of each class, by number.
    let classes: [[Int]]

    init(_ plan: Plan, _ prediction: Prediction) {
        (self.plan, self.prediction) = (plan, prediction)
        let known = KnownPrefixes(plan)
        var members: [Member] = []
        var numbers: [Kind: Int] = [:]
        var classes: [[Int]] = []
        for host in plan.hosts {
            for container in host.containers {
                let member = ContainerClasses.member(container, of: host)
                let kind = ContainerClasses.kind(member, of: host, known)
                if let number = numbers[kind] {
                    classes[number].append(members.count)
                } else {
                    numbers[kind] = classes.count
                    classes.append([members.count])
                }
                members.append(member)
            }
        }
        (self.members, self.classes) = (members, classes)
    }

    private static func member(_ container: PlannedContainer, of host: HostPlan) -> Member {
        let veths = host.veths(of: container.name)
        return Member(
            name: NodeName(host: host.name, container: container.name), veths: veths,
            addresses: host.loopback(of: .container(container.name))
                + veths.flatMap { host.addresses(of: $0.interface, in: .container(container.name)) },
            hostEnds: veths.filter { $0.bridge == nil }.flatMap { host.addresses(of: $0.hostInterface, in: .host) })
    }

    private static func kind(_ member: Member, of host: HostPlan, _ known: KnownPrefixes) -> Kind {
        let name = member.name.container ?? ""
        let isPlain =
            member.veths.count == 1 && host.loopback(of: .container(name)).isEmpty
            && host.forwarding(of: .container(name)).last?.isEnabled != true
        let veth = member.veths.first
        let ends = member.hostEnds.map(\.address)
        return Kind(
            host: host.name, bridge: veth?.bridge, mtu: veth?.mtu.value ?? 0,
            routes: host.routes(of: .container(name)).map { route in
                let action: String =
                    switch route.action {
                    case .via(let router, _): ends.contains(router.value) ? "via the host" : "via \(router.value)"
                    case .multipath(let hops): "via \(hops.map { "\($0.address.value)" })"
                    case .dev: "dev"
                    case .unreachable: "unreachable"
                    case .blackhole: "blackhole"
                    }
                return "\(route.destination) \(action) \(route.metric ?? 0)"
            },
            subnets: member.addresses.map { veth?.bridge == nil ? "\($0.length)" : "\($0.prefix)" },
            prefixes: (member.addresses + member.hostEnds).map(known.holding), own: isPlain ? nil : name)
    }
}
