import Testing
import TopoDiagnostics
import TopoDriver

/// Parts of messages that depend on more than their code.
@Suite struct MessageTests {
    private static func said(of hosts: String, checks: String = "") -> String {
        let text = "topology: m\nruntime: netns\nx-a: 1\nhosts:\n\(hosts)\(checks)"
        let source = SourceFile(path: "m.topo", bytes: Array(text.utf8))
        return render(examine(source).diagnostics, of: source, style: .plain)
    }

    private static func host(_ first: String, _ second: String) -> String {
        """
          h1:
            bridges: {br0: {address: "\(first)1/64"}, br1: {address: "\(second)1/64"}}
            containers:
              c1: {bridge: br0, address: "\(first)2/64"}
              c2: {bridge: br1, address: "\(second)2/64"}

        """
    }

    /// The kernel has a switch for each family.
    @Test(arguments: [
        ("fd00::", "fd01::", "net.ipv6.conf.all.forwarding"), ("10.0.0.", "10.0.1.", "net.ipv4.ip_forward"),
    ])
    func whoMustForwardIsToldTheSwitch(first: String, second: String, switchName: String) {
        let hosts = Self.host(first, second).replacing("/64", with: first.hasSuffix(":") ? "/64" : "/24")
        let said = Self.said(of: hosts, checks: "checks: [{ping: [c1, c2]}]\n")
        #expect(said.contains("host \"h1\" must forward: \"c1\" cannot reach \"c2\""), "\(said)")
        #expect(said.contains("unless \(switchName) is 1"), "\(said)")
    }

    @Test func aPairIsTwo() {
        let checks = "checks: [{ping: [c1, c2, c1]}, {ping: [c1]}]\n"
        let said = Self.said(of: Self.host("fd00::", "fd01::"), checks: checks)
        #expect(said.contains("\"ping\" must be a list of two, found 3"))
        #expect(said.contains("\"ping\" must be a list of two, found 1"))
    }

    /// Keys of one's own are ignored at the top of the file alone.
    @Test func anXKeyIsOfTheTop() {
        let said = Self.said(of: Self.host("fd00::", "fd01::").replacing("  h1:\n", with: "  h1:\n    x-b: 1\n"))
        #expect(said.contains("unknown key \"x-b\" in host \"h1\"") && !said.contains("x-a"))
    }

    /// Of two containers with one name, each is proposed with its host's.
    @Test func anotherNameIsProposedAsItMayBeWritten() {
        let hosts =
            Self.host("fd00::", "fd01::")
            + "  h2: {bridges: {br0: {}}, containers: {c1: {bridge: br0, address: 10.0.0.2/24}}}\n"
        let said = Self.said(of: hosts, checks: "checks: [{ping: [c11, c2]}, {ping: [c22, c2]}]\n")
        #expect(said.contains("did you mean \"c2\"?"), "\(said)")
        #expect(!said.contains("did you mean \"c1\"?"), "\(said)")
    }
}
