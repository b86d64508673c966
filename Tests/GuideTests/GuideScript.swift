/// A guide as a script: each command between two marks, so that what it prints can be told apart.
struct GuideScript {
    /// Before a command's number, and after what it prints, before its status.
    static let (start, end) = (Character("\u{1E}"), Character("\u{1F}"))

    /// The script's text.
    private(set) var text: String
    /// Commands for hosts that are collected until they are gone.
    private var session: (topology: String, isUserModeLinux: Bool, text: String)?
    /// The files that the guide has had written so far; in user-mode Linux they are written again.
    private var files = ""
    private var count = 0

    init(_ guide: Guide) {
        text = """
            mount -t tmpfs tmpfs /run
            mount -t sysfs sysfs /sys
            ip link set dev lo up
            export LC_ALL=C.UTF-8

            """
        for step in guide.steps {
            switch step {
            case .command(let command): append(command)
            case .file(let name, let contents): write(name, contents)
            case .quotation: break
            case .hosts(let topology, let isUserModeLinux):
                endSession()
                session = (topology, isUserModeLinux, "")
            case .noHosts: endSession()
            }
        }
        endSession()
    }

    private mutating func append(_ line: String) {
        if session == nil { text += line } else { session?.text += line }
    }

    private mutating func write(_ name: String, _ contents: String) {
        let line = "cat >\(name) <<'TOPOC_END'\n\(contents)TOPOC_END\n"
        files += line
        append(line)
    }

    private mutating func append(_ command: Guide.Command) {
        let line: String =
            switch command.node {
            case nil: command.text
            case let node? where command.text == "kill %1": "stop \(node)"
            case let node? where command.text.hasSuffix(" &"):
                "start \(node) \(GuideScript.quoted(String(command.text.dropLast(2))))"
            case let node?: "on \(node) \(GuideScript.quoted(command.text))"
            }
        append("printf '\\036%d\\n' \(count)\n{ \(line)\n} 2>&1 </dev/null\nprintf '\\037%d\\n' $?\n")
        count += 1
    }

    /// Runs what was collected where the LANs are, from where the namespaces of all hosts can be entered.
    private mutating func endSession() {
        guard let (topology, isUserModeLinux, commands) = session else { return }
        session = nil
        let place = "mkdir /tmp/reader\ncd /tmp/reader\n"
        let name = topology.split(separator: ".").first.map(String.init) ?? ""
        let inside =
            "name=\(name)\n\(GuideScript.functions)" + (isUserModeLinux ? place + files : "") + commands
        text +=
            "topoc lab run \(isUserModeLinux ? "--kernel uml " : "")\(topology) -- lan:internal "
            + "sh -c \(GuideScript.quoted(inside))\n"
    }

    /// What stands for the reader's terminals. A container is a namespace that the guide makes on one of the two hosts.
    /// A command that ends in `&` is tcpdump, which says when it is ready; what it has seen it may write a second later.
    private static let functions = """
        place=/run/topoc-lab/${name}
        jobs=$(mktemp -d)
        in_host() {
            host=${place}/$1
            shift
            nsenter --net="${host}.net" --mount="${host}.mnt" --uts="${host}.uts" "$@"
        }
        on() {
            case $1 in
            host*) in_host "$1" sh -c "cd \\"${PWD}\\" && $2" ;;
            c1 | c2) in_host host1 ip netns exec "$1" sh -c "cd \\"${PWD}\\" && $2" ;;
            *) in_host host2 ip netns exec "$1" sh -c "cd \\"${PWD}\\" && $2" ;;
            esac
        }
        start() {
            on "$1" "echo \\$\\$ >${jobs}/$1.pid && exec $2" >"${jobs}/$1.out" 2>&1 &
            tries=0
            until grep -q -s 'listening on' "${jobs}/$1.out" || [ "${tries}" -ge 200 ]; do
                sleep 0.05
                tries=$((tries + 1))
            done
        }
        stop() {
            sleep 1.2
            kill "$(cat "${jobs}/$1.pid")"
            wait
        }

        """

    private static func quoted(_ text: String) -> String {
        "'" + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
    }
}
