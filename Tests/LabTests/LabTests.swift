import Testing

/// Everything that runs in the lab. Each test has a machine of its own, so that none is in another's way.
@Suite(.enabled(if: Requirements.areMet, "\(Requirements.obstacle ?? "")"))
enum LabTests {}
