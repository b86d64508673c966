import Testing
import TopoDiagnostics
import TopoDriver
import TopoEmit
import TopoTemplates

/// What the scripts of one host say of others.
@Suite struct WholePlanTests {
    /// A script of two hosts on a LAN whose bridges have these containers.
    private func script(_ path: String, _ first: String, _ second: String) throws -> String {
        let hosts = [(1, first), (2, second)].map { number, container in
            """
              host\(number):
                nics: {eth0: {lan: wire}}
                bridges: {br0: {ports: [eth0]}}
                containers: {\(container): {bridge: br0, address: 10.0.0.\(number)/24}}

            """
        }
        let text = "topology: net\nruntime: netns\nlans: {wire: {}}\nhosts:\n" + hosts.joined()
        let source = SourceFile(path: "net.topo", bytes: Array(text.utf8))
        let compilation = try #require(try compile(source, only: ["shell"], templates: builtIn.get()).output)
        return try #require(compilation.artifacts.first { $0.path == path }).contents
    }

    @Test func aContainerIsCalledWithItsHostWhereThereAreTwoOfItsName() throws {
        #expect(try script("host1/check.sh", "alpha", "omega").contains("\nreaches alpha omega 10.0.0.2\n"))
        #expect(try script("host1/check.sh", "one", "one").contains("\nreaches one host2/one 10.0.0.2\n"))
    }

    @Test func aHostAsksForItsOwnContainersAlone() throws {
        #expect(try !script("host2/check.sh", "alpha", "omega").contains("reaches alpha"))
        #expect(try script("host2/check.sh", "alpha", "omega").contains("reaches omega alpha 10.0.0.1"))
    }
}
