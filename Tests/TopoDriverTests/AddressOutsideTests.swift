import Testing
import TopoDiagnostics

/// Addresses on a LAN that are in none of its subnets.
@Suite struct AddressOutsideTests {
    /// How bad it is that a router has an address outside the LAN's subnet, where a machine has these routes.
    private func severities(_ routes: String, machine: String = "10.10.10.1/24") throws -> [Diagnostic.Severity] {
        try OutsideTests.prediction(
            """
            topology: outside
            runtime: netns
            lans: {access: {subnet: 10.10.10.0/24}}
            hosts:
              machine:
                nics: {eth0: {lan: access, address: \(machine)}}
                routes: \(routes)
              other: {nics: {eth0: {lan: access, address: 10.10.10.2/24}}}
              router:
                forwarding: true
                nics: {eth0: {lan: access, address: 9.9.9.9/32}}
                routes: [{to: 10.10.10.0/24, dev: eth0}]
            """
        ).1.filter { $0.code == .addressOutsideSubnet }.map(\.severity)
    }

    @Test func nobodyFindsIt() throws {
        #expect(try severities("[]") == [.error])
        // By somebody else, or by who is outside as well.
        #expect(try severities("[{to: 9.9.9.9/32, via: 10.10.10.2}]") == [.error])
        #expect(try severities("[]", machine: "9.9.9.8/24") == [.error, .error])
    }

    @Test func aNeighbourWhoHasARouteToItThereFindsIt() throws {
        #expect(try severities("[{to: default, via: 9.9.9.9, dev: eth0, onlink: true}]") == [.warning])
        #expect(try severities("[{to: 9.9.9.9/32, dev: eth0}]") == [.warning])
    }
}
