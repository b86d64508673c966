extension Lab {
    /// Runs a host's up.sh with `--confirm`, while a file is made by which it is answered.
    func confirmed(_ host: String, _ up: String, _ options: [String] = []) throws -> Machine.Run {
        let line = """
            sh '\(up)' --confirm 30 \(options.joined(separator: " ")) & up=$!
            tries=0
            until grep -qs confirm "/proc/$up/cmdline" && [ -e "$(find /run/topoc -name journal 2>/dev/null | head -n 1)" ]; do
                tries=$((tries + 1)); [ "$tries" -lt 50 ] || break; sleep 0.1
            done
            sleep 1; touch "$(dirname "$(find /run/topoc -name journal | head -n 1)")/confirmed"; wait "$up"
            """
        return try exec(host, "sh", "-c", line)
    }
}
