import Testing

/// Everything that runs in the lab: one test at a time, since each brings up a whole topology.
@Suite(.serialized, .enabled(if: Requirements.areMet, "\(Requirements.obstacle ?? "")"))
enum LabTests {}
