import Foundation
import HostBed

extension Bed.Daemon {
    /// LXD.
    static let lxd = Bed.Daemon(
        "LXD", file: URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("lxd.sh"),
        tools: ["lxd", "lxc"], foreign: "LXD_DIR")
}

extension Bed {
    /// Makes a bed of LXD's daemons.
    /// - Parameter images: the images that each daemon has, by the names that `images.sh` knows.
    convenience init(images: [String] = ["bare"], hosts: [String] = ["host1", "host2"]) throws {
        try self.init(.lxd, environment: ["IMAGES=\(images.joined(separator: " "))"], hosts: hosts)
    }
}

extension State {
    /// What is asked, as lines of shell.
    static let questions =
        ofHost + """
            lxc list --columns ns --format csv
            lxc network list --format csv
            lxc profile show default
            """

    /// Looks at a host.
    init(of host: String, in bed: Bed) throws { try self.init(of: host, in: bed, asking: State.questions) }
}
