import Foundation
import HostBed

extension Bed.Daemon {
    /// Docker.
    static let docker = Bed.Daemon(
        "Docker", file: URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("docker.sh"),
        tools: ["dockerd", "docker"], foreign: "DOCKER_HOST")
}

extension Bed {
    /// Makes a bed of Docker's daemons, with all their defaults.
    convenience init(hosts: [String] = ["host1", "host2"]) throws { try self.init(.docker, hosts: hosts) }
}

extension State {
    /// Looks at a host.
    init(of host: String, in bed: Bed) throws {
        let questions =
            State.ofHost + """
                docker ps --all --format '{{.Names}} {{.State}}'
                docker network ls --format '{{.Name}}'
                docker volume ls --quiet
                iptables-save | grep -v '^#' | sed 's/ \\[.*//'
                ip6tables-save | grep -v '^#' | sed 's/ \\[.*//'
                """
        try self.init(of: host, in: bed, asking: questions)
    }
}
