import TopoDiagnostics
import TopoModel

extension Lowering {
    /// How a host is reached over SSH; nil where nothing is said of it.
    mutating func sshAccess(of host: Fields, host name: String) -> SSHAccess? {
        guard let node = host.read(HostKeys.ssh, &findings), let place = host.keySpan(HostKeys.ssh) else { return nil }
        let subject = Subject(kind: .sshAccess, owner: name)
        guard let fields = Fields(node, of: subject, at: place, &findings) else { return nil }
        return SSHAccess(
            host: fields.read(SSHKeys.host, &findings), user: fields.read(SSHKeys.user, &findings),
            port: fields.read(SSHKeys.port, &findings))
    }

    /// Says that two hosts are one machine to SSH: the scripts of both would run there.
    mutating func addSharedMachines(_ hosts: [Host]) {
        var first: [String: Host] = [:]
        for host in hosts {
            let machine = "\(host.sshPlace.lowercased()) \(host.sshPort)"
            guard let other = first[machine] else {
                first[machine] = host
                continue
            }
            guard host.ssh != nil || other.ssh != nil else { continue }
            let (place, former) = (host.sshSpan, other.sshSpan)
            findings.add(
                .machineTwice, "hosts \"\(other.name.value)\" and \"\(host.name.value)\" are one machine to SSH",
                at: place, "\(host.sshPlace), port \(host.sshPort)",
                and: place == former ? [] : [.init(former, "\"\(other.name.value)\" has it, too")],
                notes: ["the scripts of both hosts would run on it"],
                help: [
                    "give each host its own ssh: host or port",
                    "in a range of hosts leave host: out: SSH then connects to each by its name",
                ])
        }
    }
}

extension Host {
    /// What SSH connects to.
    fileprivate var sshPlace: String { ssh?.host?.value.description ?? name.value }

    /// The port that SSH connects to: ssh(1) takes 22 where none is said.
    fileprivate var sshPort: UInt16 { ssh?.port?.value ?? 22 }

    /// Where that is written.
    fileprivate var sshSpan: Span { ssh?.host?.span ?? name.span }
}
