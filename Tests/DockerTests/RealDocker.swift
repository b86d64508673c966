import HostBed
import Testing

/// All tests on real Docker, one after the other: each has daemons of its own, and a machine has its limits.
@Suite(.serialized, .enabled(if: Bed.Daemon.docker.obstacle == nil, "\(Bed.Daemon.docker.obstacle ?? "")"))
enum RealDocker {}
