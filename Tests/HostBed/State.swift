/// All that scripts may change on a host, as the host's own commands show it.
public struct State: Equatable {
    let lines: [String]

    /// What is asked of every host, as lines of shell.
    public static let ofHost = """
        ip -o link show | sed 's/^[0-9]*: //; s/ state [A-Z]*//; s/ qdisc [a-z]*//; s/qlen [0-9]*//'
        ip -o -4 address show | sed 's/^[0-9]*: //'
        ip route show
        ip -6 route show | grep -v fe80
        ip rule show
        ip neighbour show proxy
        sysctl -a -r '^net.ipv[46].conf..*(forwarding|accept_redirects|proxy_ndp)$'
        ls -A /run/topoc /run/netns

        """

    /// Looks at a host.
    /// - Parameter questions: what is asked, as lines of shell.
    public init(of host: String, in bed: Bed, asking questions: String) throws {
        lines = try bed.run(host, ["sh", "-s"], input: questions).output.split(separator: "\n").map(String.init)
    }

    /// What is here and not there, and what is there and not here.
    public func difference(from other: State) -> [String] {
        let (mine, others) = (Set(lines), Set(other.lines))
        return lines.filter { !others.contains($0) }.map { "+ \($0)" }
            + other.lines.filter { !mine.contains($0) }.map { "- \($0)" }
    }
}
