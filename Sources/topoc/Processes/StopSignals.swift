import Glibc

/// The signals that ask this process to stop, kept for when it looks for them.
///
/// They are blocked in the thread that makes this, and so in all that begin later: made before any other thread is, it
/// is the one place where they arrive. SIGCHLD is kept with them, since one that a thread does not block is lost to
/// `ChildProcess`, which waits for it.
struct StopSignals {
    private var kept = sigset_t()

    init() {
        sigemptyset(&kept)
        for signal in [SIGINT, SIGTERM, SIGHUP] { sigaddset(&kept, signal) }
        var blocked = kept
        sigaddset(&blocked, SIGCHLD)
        sigprocmask(SIG_BLOCK, &blocked, nil)
    }

    /// Waits for one.
    /// - Returns: false where none came within so many milliseconds.
    func come(within milliseconds: Int) -> Bool {
        var kept = kept
        var time = timespec(tv_sec: milliseconds / 1000, tv_nsec: milliseconds % 1000 * 1_000_000)
        return sigtimedwait(&kept, nil, &time) > 0
    }
}
