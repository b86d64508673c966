import Testing

/// All tests on real Docker, one after the other: each has daemons of its own, and a machine has its limits.
@Suite(.serialized, .enabled(if: Bed.obstacle == nil, "\(Bed.obstacle ?? "")"))
enum RealDocker {}
