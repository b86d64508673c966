import TopoModel

/// The keys of the file itself.
enum TopologyKeys {
    static let topology = Key(
        "topology", .text, isRequired: true, "the topology's name, and that of its folder below out/")
    static let title = Key("title", .text, "a title for figures and script headers")
    static let description = Key("description", .prose, "what a reader should know")
    static let runtime = Key("runtime", .choice(Runtime.self), "what makes the containers")
    static let image = Key("image", .image, "the image of containers that name none")
    static let bridgeTools = Key(
        "bridge-tools", .choice(BridgeTools.self, hints: ["ip": "iproute2 is the package of ip(8)"]),
        "the commands that scripts use for bridges")
    static let docker = Key(
        "docker", .choice(DockerNetworking.self, hints: DockerNetworking.hints),
        "how Docker containers get their interfaces")
    static let lans = Key("lans", .named(.lan), "the networks outside the hosts")
    static let networks = Key("networks", .named(.network), "networks of containers over several hosts")
    static let links = Key(
        "links", .list(of: .pair(of: .name(of: [.interface]), sample: "- [\"HOST:INTERFACE\", \"HOST:INTERFACE\"]")),
        "cables between two hosts: pairs of HOST:INTERFACE")
    static let hosts = Key("hosts", .named(.host), isRequired: true, "the machines")
    static let routing = Key(
        "routing", .choice(Routing.self), "whether topoc gives every router a route to every subnet")
    static let groups = Key(
        "groups", .values(.list(.name([.container, .host]))), "names of several hosts and containers, for checks")
    static let checks = Key("checks", .mappings(of: .check), "what must hold once the topology is up")

    static let all = [
        topology.description, title.description, description.description, runtime.description, image.description,
        docker.description, bridgeTools.description, lans.description, networks.description,
        hosts.description, links.description, routing.description, groups.description, checks.description,
    ]
}

extension DockerNetworking {
    /// Words that others use, and what is meant here.
    static var hints: [String: String] {
        ["none": "by-hand is what --network none is for", "bridge": "native is Docker's driver bridge"]
    }
}
