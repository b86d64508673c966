import Glibc
import TopoDiagnostics
internal import TopoText

/// Another program, run in the foreground with signals passed on, until it ends.
struct ChildProcess {
    /// How it ended.
    struct End {
        /// Its exit status; 128 and the signal's number where a signal ended it, as in `sh(1)`.
        let status: Int32
        /// The last signal that asked this process to stop meanwhile.
        let interruption: Int32?
    }

    /// The program, found in PATH, and its arguments.
    let command: [String]
    /// What it reads; this process's standard input where nil.
    var input: Int32?
    /// Where it writes; this process's standard output where nil.
    var output: Int32?
    /// True for what must not be stopped half-way: it does not see Ctrl-C and the like at all.
    var isShielded = false

    private static let stops: [Int32] = [SIGINT, SIGTERM, SIGHUP, SIGQUIT]

    /// What it is at, for a person who waits; asked again and again while it runs.
    var progress: (() -> String)?

    /// Runs it and waits for its end.
    ///
    /// Meanwhile this process does not die of a signal that asks it to stop: the child gets it too, and what follows
    /// is for the caller to say. A Ctrl-C the terminal has sent to both already.
    /// - Throws: `FileError` where it cannot be started.
    func run() throws(FileError) -> End {
        var waited = sigset_t()
        sigemptyset(&waited)
        for signal in ChildProcess.stops + [SIGCHLD] { sigaddset(&waited, signal) }
        var former = sigset_t()
        sigprocmask(SIG_BLOCK, &waited, &former)
        defer { sigprocmask(SIG_SETMASK, &former, nil) }
        let child = try start(mask: former)
        var interruption: Int32?
        var line = ProgressLine()
        defer { line.erase() }
        while true {
            var information = siginfo_t()
            let signal = nextSignal(of: &waited, &information, showing: &line)
            if ChildProcess.stops.contains(signal) {
                interruption = signal
                // SI_KERNEL and the like are positive: from the terminal, whose whole foreground group was sent it.
                if information.si_code <= 0, !isShielded { kill(child, signal) }
            }
            if let status = ended(child) { return End(status: status, interruption: interruption) }
        }
    }

    /// Waits for a signal, and says meanwhile what is going on.
    private func nextSignal(
        of set: inout sigset_t, _ information: inout siginfo_t, showing line: inout ProgressLine
    ) -> Int32 {
        guard let progress, ProgressLine.isWanted else { return sigwaitinfo(&set, &information) }
        while true {
            var time = timespec(tv_sec: 0, tv_nsec: 500_000_000)
            let signal = sigtimedwait(&set, &information, &time)
            if signal > 0 || errno != EAGAIN { return signal }
            line.show(progress())
        }
    }

    private func ended(_ child: pid_t) -> Int32? {
        var status: Int32 = 0
        guard waitpid(child, &status, WNOHANG) == child else { return nil }
        let signal = status & 0x7F
        return signal == 0 ? status >> 8 & 0xFF : 128 + signal
    }

    private func start(mask: sigset_t) throws(FileError) -> pid_t {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        if let input { posix_spawn_file_actions_adddup2(&actions, input, 0) }
        if let output { posix_spawn_file_actions_adddup2(&actions, output, 1) }
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        // A signal that is passed on must arrive.
        var mask = mask
        for signal in ChildProcess.stops + [SIGCHLD] { sigdelset(&mask, signal) }
        posix_spawnattr_setsigmask(&attributes, &mask)
        // A process group of its own is none that the terminal sends a Ctrl-C to.
        posix_spawnattr_setflags(
            &attributes, Int16(POSIX_SPAWN_SETSIGMASK | (isShielded ? POSIX_SPAWN_SETPGROUP : 0)))
        var arguments = command.map { strdup(ByteText.cString($0)) } + [nil]
        defer { arguments.forEach { free($0) } }
        var child: pid_t = 0
        let code = posix_spawnp(&child, ByteText.cString(command[0]), &actions, &attributes, &arguments, environ)
        guard code == 0 else { throw FileError("run", command[0], errno: code) }
        return child
    }
}
