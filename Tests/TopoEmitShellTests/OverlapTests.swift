import Foundation
import Testing
import TopoEmit
import TopoTemplates

/// Whether `up.sh` sees that a subnet has addresses of one of Docker's: Docker would refuse the network, or worse, take both.
@Suite struct OverlapTests {
    @Test(arguments: [
        ("10.0.0.0/24", "10.0.0.0/24", true), ("10.0.0.0/24", "10.0.1.0/24", false),
        ("10.0.0.0/23", "10.0.1.0/24", true), ("10.0.1.0/24", "10.0.0.0/23", true),
        ("10.0.0.0/25", "10.0.0.128/25", false), ("10.0.0.128/25", "10.0.0.0/24", true),
        ("172.17.0.0/16", "172.18.0.0/16", false), ("172.16.0.0/12", "172.18.0.0/16", true),
        ("0.0.0.0/0", "192.168.7.0/24", true), ("10.1.0.0/32", "10.1.0.1/32", false),
        ("10.0.0.0/24", "fd00::/64", false),
    ])
    func twoSubnetsOverlap(one: String, other: String, expected: Bool) throws {
        let functions = try builtIn.get().functions(for: InstanceClient.lxd.words).used(by: ["overlap"]).map(\.text)
        let shell = Process()
        shell.executableURL = URL(fileURLWithPath: "/bin/sh")
        shell.arguments = ["-c", functions.joined(separator: "\n") + "\noverlap \"$1\" \"$2\"", "sh", one, other]
        try shell.run()
        shell.waitUntilExit()
        #expect(shell.terminationStatus == (expected ? 0 : 1))
    }
}
