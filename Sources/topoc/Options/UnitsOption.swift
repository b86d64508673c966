import ArgumentParser

/// How a lab's hosts get their network.
struct UnitsOption: ParsableArguments {
    @Flag(
        help: """
            Bring the hosts up from their units, as after a reboot: install.sh installs them, each host runs its own \
            systemd-networkd, and up.sh adds the containers.
            """)
    var units = false

    /// What `lab.sh` is told of it.
    var words: [String] { units ? ["--units"] : [] }
}
