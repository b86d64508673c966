import ArgumentParser

/// How a lab's hosts get their network.
struct UnitsOption: ParsableArguments {
    @Flag(
        help: """
            Bring the hosts up from their units, by install.sh and a systemd-networkd in each, as after a reboot; up.sh \
            adds the containers.
            """)
    var units = false

    /// What `lab.sh` is told of it.
    var words: [String] { units ? ["--units"] : [] }
}
