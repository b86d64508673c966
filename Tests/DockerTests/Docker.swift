import Foundation
import HostBed

extension Bed.Daemon {
    /// Docker.
    static let docker = Bed.Daemon(
        "Docker", file: URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("docker.sh"),
        tools: ["dockerd", "docker"], foreign: "DOCKER_HOST")
}

extension Bed {
    /// Makes a bed of Docker's daemons, which leave the hosts' packet filter and forwarding alone.
    convenience init(hosts: [String] = ["host1", "host2"]) throws {
        try self.init(.docker, environment: ["DOCKERD=--iptables=false --ip-forward=false"], hosts: hosts)
    }
}

extension State {
    /// Looks at a host.
    init(of host: String, in bed: Bed) throws {
        let questions =
            State.ofHost + """
                docker ps --all --format '{{.Names}} {{.State}}'
                docker network ls --format '{{.Name}}'
                docker volume ls --quiet
                """
        try self.init(of: host, in: bed, asking: questions)
    }
}
