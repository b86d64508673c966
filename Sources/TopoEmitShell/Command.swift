internal import TopoText

/// A command that makes a part of a host's network, as a person types it.
struct Command {
    /// Where a command runs.
    enum Place {
        /// On the host itself.
        case host
        /// In a bare network namespace.
        case netns(String)
        /// In an instance of LXD or Incus, by the client's command.
        case instance(client: String, name: String)
        /// In the network of a Docker container's first process, by the host's own tools: an image may have none, and a
        /// container without privileges may not use them.
        case docker(String)
    }

    let place: Place
    /// Its words.
    let words: [String]
    /// The Docker container in whose network the far end of a link is made, whose process is the last word.
    let target: String?

    init(in place: Place = .host, _ words: [String], into target: String? = nil) {
        (self.place, self.words, self.target) = (place, words, target)
    }

    /// The command as a line of shell, in lines of at most 100 bytes where its words allow.
    var lines: [String] { wrapped(prefix + shellLine(words) + (target.map { " netns " + process(of: $0) } ?? "")) }

    private var prefix: String {
        switch place {
        case .host: ""
        case .netns(let name): shellLine(["ip", "netns", "exec", name]) + " "
        // Its `exec` would read the script itself, where that comes by standard input: -n keeps it from that.
        case .instance(let client, let name): shellLine([client, "exec", "-n", name, "--"]) + " "
        case .docker(let name): "nsenter --target \(process(of: name)) --net "
        }
    }

    /// The first process of a Docker container, whose network is the container's.
    private func process(of container: String) -> String {
        "\"$(docker inspect --format '{{.State.Pid}}' " + shellWord(container) + ")\""
    }
}

/// A part of a script with a purpose of its own.
struct Section {
    /// What it is about, as in `bridge lxdbr0`.
    let title: String
    /// What it is for, a line each.
    let comments: [String]
    /// Its commands, in order.
    let commands: [Command]
}
