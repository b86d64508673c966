import HostBed
import Testing

/// All tests on real LXD, one after the other: each has daemons of its own, and a machine has its limits.
@Suite(.serialized, .enabled(if: Bed.Daemon.lxd.obstacle == nil, "\(Bed.Daemon.lxd.obstacle ?? "")"))
enum RealLXD {}
