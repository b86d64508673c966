import HostBed
import Testing

/// All tests with Debian's Ansible over its sshd, one after the other: each has hosts of its own.
@Suite(.serialized, .enabled(if: Bed.Daemon.sshd.obstacle == nil, "\(Bed.Daemon.sshd.obstacle ?? "")"))
enum RealAnsible {}
