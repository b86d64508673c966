import Testing
import TopoModel
import TopoPlan

@Suite struct NameTests {
    private func names(_ containers: [String]) throws -> [String] {
        let host = Host(
            name: at("host1"), bridges: [Bridge(name: at("br0"))],
            containers: try containers.enumerated().map { try bridged($1, "br0", "10.0.0.\($0 + 2)/24") })
        let topology = Topology(name: at("names"), runtime: .netns, lans: [], hosts: [host])
        return plan(topology).hosts[0].objects.compactMap {
            if case .veth(let veth) = $0.object { veth.hostInterface } else { nil }
        }
    }

    @Test func hostEndsAreNamedAfterTheirContainers() throws {
        #expect(try names(["c1", "a-web-0001"]) == ["veth-c1", "veth-a-web-0001"])
    }

    /// Where one name ends and the next begins counts: "a" and "bc" are not "ab" and "c".
    @Test func theMACsOfNamesThatReadAlikeDiffer() throws {
        func macs(_ host: String, _ container: String) throws -> [MACAddress] {
            let host = Host(
                name: at(host), bridges: [Bridge(name: at("br0"))],
                containers: [try bridged(container, "br0", "10.0.0.2/24")])
            let topology = Topology(name: at("names"), runtime: .netns, lans: [], hosts: [host])
            return plan(topology).hosts[0].objects.flatMap { planned -> [MACAddress] in
                if case .veth(let veth) = planned.object { [veth.mac.value, veth.hostMAC.value] } else { [] }
            }
        }
        #expect(Set(try macs("a", "bc") + macs("ab", "c")).count == 4)
    }

    @Test func filterChainsFitIPTablesWithASuffix() {
        func chain(_ name: String) -> String {
            plan(Topology(name: at(name), runtime: .netns, lans: [], hosts: [])).filterChain
        }
        #expect(chain("routed") == "topoc-routed")
        let long = String(repeating: "a", count: 60)
        #expect(chain(long).utf8.count <= 25 && chain(long + "b").utf8.count <= 25)
        #expect(chain(long) != chain(long + "b"))
    }

    @Test func longNamesAreHashedWithinTheKernels15Bytes() throws {
        let names = try names(["a-container-with-a-long-name", "a-container-with-a-long-nami", "c1"])
        #expect(names.allSatisfy { $0.utf8.count <= 15 && $0.hasPrefix("veth-") })
        #expect(Set(names).count == 3)
        #expect(names == (try self.names(["a-container-with-a-long-name", "a-container-with-a-long-nami", "c1"])))
    }
}
