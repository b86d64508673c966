import Testing
import TopoModel
import TopoNetwork

/// Which of its addresses a node with two interfaces sends from, by a route that leaves by the first (RFC 6724, 5).
@Suite struct SourceAddressTests {
    private func chosen(_ destination: String, _ first: [String], _ second: [String] = []) throws -> String? {
        let all = try [first, second].map { try $0.map { try InterfaceAddress($0) } }
        let goal = try IPAddress(destination)
        var table = RoutingTable()
        table.replace(.everything(goal.family), .onLink(InterfaceID(0), source: nil), metric: nil, origin: nil)
        return SourceAddress.chosen(
            for: goal, by: table.route(to: goal), interfaces: [InterfaceID(0), InterfaceID(1)],
            addresses: { all[$0.index] }
        ).map { "\($0)" }
    }

    @Test func aLinkLocalAddressIsForTheLinkAlone() throws {
        #expect(try chosen("2001:db8:9::1", ["fe80::1/64"], ["2001:db8::1/64"]) == "2001:db8::1")
    }

    @Test func theInterfacesOwnComesBeforeALongerMatch() throws {
        #expect(try chosen("2001:db8:2::5", ["2001:db8:1::1/64"], ["2001:db8:2::1/64"]) == "2001:db8:1::1")
    }

    @Test func whatIsBeyondTheSubnetsLengthIsNoMatch() throws {
        // 47 bits in common, of which 32 count, and 40.
        #expect(try chosen("2001:db8:5::1", ["2001:db8:4::1/32", "2001:db8:85::1/64"]) == "2001:db8:85::1")
        #expect(try chosen("2001:db8:5::1", ["2001:db8:4::1/48", "2001:db8:85::1/64"]) == "2001:db8:4::1")
    }

    /// An address beside a block is closer to one in it, and of the other's label.
    @Test(arguments: [("2003::1", "2002::1"), ("2001:1::1", "2001:0:7::1"), ("2001:20::1", "2001:10::1")])
    func aLabelComesBeforeALongerMatch(destination: String, within: String) throws {
        #expect(try chosen(destination, ["2400::1/64", "\(within)/64"]) == "2400::1")
        #expect(try chosen(destination, ["\(within)/64", "2400::1/64"]) == "2400::1")
    }
}
