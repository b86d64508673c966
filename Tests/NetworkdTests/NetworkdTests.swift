import Testing

/// Everything that runs with a real systemd-networkd.
@Suite(.enabled(if: Bed.isThere, "\(Bed.obstacle ?? "")"))
enum NetworkdTests {}
