import Testing
import TopoModel
import TopoNetwork

/// The table of one node with two interfaces, as `ip route` fills it and `ip route get` asks it.
@Suite struct RoutingTableTests {
    private let eth0 = InterfaceID(0)
    private let eth1 = InterfaceID(1)

    private func table(_ addresses: String..., second: [String] = []) throws -> RoutingTable {
        var table = RoutingTable()
        for address in addresses { table.connect(try InterfaceAddress(address), on: eth0) }
        for address in second { table.connect(try InterfaceAddress(address), on: eth1) }
        return table
    }

    private func action(_ table: RoutingTable, _ address: String) throws -> TableRoute.Action? {
        table.route(to: try IPAddress(address))?.action
    }

    @Test func ofEqualRoutesBesideTheBestTheFirstFindsANextHop() throws {
        var table = try table("10.0.0.1/24", second: ["10.0.0.2/24"])
        table.connect(try InterfaceAddress("10.0.0.3/24"), on: InterfaceID(2))
        table.replace(try Prefix("10.0.0.0/24"), .unreachable, metric: nil, origin: nil)
        #expect(table.action(via: try IPAddress("10.0.0.9")) == .via(try IPAddress("10.0.0.9"), eth1))
    }

    @Test func aNextHopOnTheLinkNeedsNoSubnet() throws {
        let hop = try IPAddress("192.0.2.1")
        let table = try table("10.0.0.1/24", second: ["10.1.0.1/24"])
        #expect(table.action(via: hop, on: eth1) == .invalid(hop))
        #expect(table.action(via: hop, on: eth1, isOnLink: true) == .via(hop, eth1))
        // It says whose link, so without an interface it says nothing.
        #expect(table.action(via: hop, isOnLink: true) == .invalid(hop))
        // IPv4 believes what is written of another interface's neighbour.
        let near = try IPAddress("10.0.0.9")
        #expect(table.action(via: near, on: eth1, isOnLink: true) == .via(near, eth1))
    }

    @Test func ofIPv6ARouteByAnotherInterfaceForbidsANextHopOnTheLink() throws {
        let (hop, other) = (try IPAddress("fd00::9"), try IPAddress("fd09::9"))
        var table = try table("fd00::1/64", second: ["fd01::1/64"])
        #expect(table.action(via: hop, on: eth1, isOnLink: true) == .invalid(hop))
        #expect(table.action(via: hop, on: eth0, isOnLink: true) == .via(hop, eth0))
        #expect(table.action(via: other, on: eth1, isOnLink: true) == .via(other, eth1))
        // The default route is no such route.
        table.replace(.everything(.ipv6), .via(hop, eth0), metric: nil, origin: nil)
        #expect(table.action(via: other, on: eth1, isOnLink: true) == .via(other, eth1))
    }

    @Test func theLongestPrefixWins() throws {
        var table = try table("10.0.0.1/24")
        table.replace(try Prefix("10.0.0.0/8"), .blackhole, metric: nil, origin: nil)
        table.replace(try Prefix("10.0.0.64/26"), .unreachable, metric: 900, origin: nil)
        #expect(try action(table, "10.0.0.65") == .unreachable)
        #expect(try action(table, "10.0.0.9") == .onLink(eth0, source: IPAddress("10.0.0.1")))
        #expect(try action(table, "10.9.0.9") == .blackhole)
        #expect(try action(table, "11.0.0.1") == nil)
        #expect(try action(table, "fd00::1") == nil)
    }

    @Test func thenTheLowestMetricWhateverTheOrder() throws {
        let to = try Prefix("10.9.0.0/24")
        for metrics: [UInt32] in [[200, 100, 300], [100, 300, 200], [300, 200, 100]] {
            var table = RoutingTable()
            for metric in metrics {
                table.replace(to, metric == 100 ? .blackhole : .unreachable, metric: metric, origin: nil)
            }
            #expect(table.route(toAll: to)?.action == .blackhole)
        }
    }

    @Test(
        arguments: [(nil, 0, 1024), (0, 0, 1024), (1, 1, 1), (512, 512, 512), (4096, 4096, 4096)]
            as [(UInt32?, UInt32, UInt32)])
    func metricsAsTheKernelStoresThem(written: UInt32?, version4: UInt32, version6: UInt32) {
        #expect(RoutingTable.metric(written, of: .ipv4) == version4)
        #expect(RoutingTable.metric(written, of: .ipv6) == version6)
    }

    @Test func aRouteOfIPv6WithAMetricBelow1024WinsOverOneWithout() throws {
        var table = try table("fd00::1/64")
        table.replace(try Prefix("fd09::/64"), .unreachable, metric: nil, origin: nil)
        table.replace(try Prefix("fd09::/64"), .blackhole, metric: 1023, origin: nil)
        #expect(try action(table, "fd09::1") == .blackhole)
        table.replace(try Prefix("fd09::/64"), .invalid(try IPAddress("fd00::9")), metric: 0, origin: nil)
        #expect(try action(table, "fd09::1") == .blackhole)
    }

    /// The kernel refuses a route for the first next hop that it does not take, and keeps no part of it.
    @Test func severalNextHopsAreTakenTogetherOrNotAtAll() throws {
        let table = try table("10.0.0.1/24", second: ["10.1.0.1/24"])
        func action(_ hops: String...) throws -> TableRoute.Action? {
            RoutingTable.multipath(try hops.map { table.action(via: try IPAddress($0)) })
        }
        let all = try #require(try action("10.0.0.9", "10.1.0.9"))
        #expect(
            all == .multipath([.init(try IPAddress("10.0.0.9"), on: eth0), .init(try IPAddress("10.1.0.9"), on: eth1)]))
        #expect(try action("10.0.0.9", "10.7.0.9") == .invalid(try IPAddress("10.7.0.9")))
        #expect(try action("10.0.0.9") == .via(try IPAddress("10.0.0.9"), eth0))
        #expect(RoutingTable.multipath([]) == nil)
    }

    @Test func aRouteHasAWayForEachNextHop() throws {
        var table = try table("10.0.0.1/24", second: ["10.1.0.1/24"])
        let hops = [TableRoute.Hop(try IPAddress("10.0.0.9"), on: eth0), .init(try IPAddress("10.1.0.9"), on: eth1)]
        table.replace(try Prefix("10.9.0.0/24"), .multipath(hops), metric: 5, origin: nil)
        let route = try #require(try table.route(to: IPAddress("10.9.0.1")))
        #expect(route.ways.map(\.action) == hops.map { .via($0.address, $0.interface) })
        #expect(route.ways.allSatisfy { $0.metric == 5 && $0.destination == route.destination })
        #expect(route.interface == nil && !route.isOnLink)
        // Nobody is a neighbour by such a route.
        #expect(try table.action(via: IPAddress("10.9.0.1")) == .invalid(IPAddress("10.9.0.1")))
        let direct = try #require(try table.route(to: IPAddress("10.0.0.7")))
        #expect(direct.ways == [direct])
    }

    @Test func aConnectedRouteHasMetric0And256() throws {
        let table = try table("10.0.0.1/24", "fd00::1/64")
        #expect(try table.route(to: IPAddress("10.0.0.2"))?.metric == 0)
        #expect(try table.route(to: IPAddress("fd00::2"))?.metric == 256)
    }

    @Test func whatIsWrittenTakesThePlaceOfAConnectedRouteOfItsMetric() throws {
        var table = try table("10.0.0.1/24", "fd00::1/64")
        table.replace(try Prefix("10.0.0.0/24"), .unreachable, metric: 1, origin: nil)
        table.replace(try Prefix("fd00::/64"), .unreachable, metric: 0, origin: nil)
        #expect(try action(table, "10.0.0.2") == .onLink(eth0, source: IPAddress("10.0.0.1")))
        #expect(try action(table, "fd00::2") == .onLink(eth0, source: nil))
        table.replace(try Prefix("10.0.0.0/24"), .unreachable, metric: nil, origin: nil)
        table.replace(try Prefix("fd00::/64"), .blackhole, metric: 256, origin: nil)
        #expect(try action(table, "10.0.0.2") == .unreachable)
        #expect(try action(table, "fd00::2") == .blackhole)
    }

    @Test func ofTwoAlikeTheLastReplacesTheFirstAlsoBesideABetterOne() throws {
        let to = try Prefix("10.9.0.0/24")
        var table = try table("10.0.0.1/24", second: ["10.1.0.1/24"])
        table.replace(to, .blackhole, metric: 5, origin: nil)
        table.replace(to, .onLink(eth0, source: nil), metric: 7, origin: nil)
        table.replace(to, .unreachable, metric: 7, origin: nil)
        #expect(table.route(toAll: to)?.action == .blackhole)
        #expect(try table.action(via: IPAddress("10.9.0.1")) == .invalid(IPAddress("10.9.0.1")))
        table.replace(to, .unreachable, metric: 5, origin: nil)
        #expect(table.route(toAll: to)?.action == .unreachable)
    }

    @Test(arguments: ["10.1.0.1/0", "10.1.0.1/1", "0.1.2.3/8", "0.0.0.1/30", "10.0.0.1/32", "fd00::1/128"])
    func noSubnetFromTheseAddresses(address: String) throws {
        #expect(try table(address).inUse.isEmpty)
    }

    @Test(arguments: ["129.0.0.1/1", "1.2.3.4/8", "10.0.0.1/31", "fd00::1/0", "fd00::1/1", "2000::1/1", "fd00::1/127"])
    func aSubnetFromTheseAddresses(address: String) throws {
        #expect(try table(address).inUse.map(\.destination) == [InterfaceAddress(address).prefix])
    }

    @Test func aNextHopOfIPv4IsLookedUpAmongLinksAlone() throws {
        let hop = try IPAddress("10.0.0.5")
        for action: TableRoute.Action in [.via(try IPAddress("10.0.0.2"), eth0), .blackhole, .unreachable] {
            var table = try table("10.0.0.1/24")
            table.replace(try Prefix("10.0.0.5/32"), action, metric: nil, origin: nil)
            #expect(table.action(via: hop) == .via(hop, eth0))
        }
        #expect(try table("10.1.0.1/24").action(via: hop) == .invalid(hop))
    }

    @Test func aRouteByDeviceMakesAGatewayOutsideEverySubnet() throws {
        var table = try table("10.0.0.1/24")
        let hop = try IPAddress("192.0.2.1")
        #expect(table.action(via: hop) == .invalid(hop))
        table.replace(try Prefix("192.0.2.1/32"), .onLink(eth1, source: nil), metric: nil, origin: nil)
        #expect(table.action(via: hop) == .via(hop, eth1))
        #expect(table.action(via: hop, on: eth1) == .via(hop, eth1))
        #expect(table.action(via: hop, on: eth0) == .invalid(hop))
    }

    @Test func aNextHopOfIPv6MustBeOnLinkByItsBestRoute() throws {
        let hop = try IPAddress("fd00::5")
        var table = try table("fd00::1/64")
        #expect(table.action(via: hop) == .via(hop, eth0))
        table.replace(try Prefix("fd00::5/128"), .via(try IPAddress("fd00::2"), eth0), metric: nil, origin: nil)
        #expect(table.action(via: hop) == .invalid(hop))
    }

    @Test func aNextHopBehindTheSecondOfTwoInterfacesInOneSubnet() throws {
        for (address, next) in [("10.0.0.1/24", "10.0.0.9"), ("fd00::1/64", "fd00::9")] {
            let (table, hop) = (try table(address, second: [address]), try IPAddress(next))
            #expect(table.action(via: hop) == .via(hop, eth0))
            #expect(table.action(via: hop, on: eth1) == .via(hop, eth1))
            #expect(table.route(to: hop)?.interface == eth0)
        }
    }

    @Test func ofEqualRoutesOfIPv6TheOneByTheInterfaceOfTheRequest() throws {
        for (address, next, isIPv6) in [("10.0.0.1/24", "10.0.0.9", false), ("fd00::1/64", "fd00::9", true)] {
            var (table, hop) = (try table(address, second: [address]), try IPAddress(next))
            #expect(table.route(to: hop, arrival: eth1)?.interface == (isIPv6 ? eth1 : eth0))
            #expect(table.route(to: hop, arrival: eth0)?.interface == eth0)
            #expect(table.route(to: hop, arrival: InterfaceID(2))?.interface == eth0)
            // Not one of a higher metric.
            table.replace(
                try Prefix(next + (isIPv6 ? "/128" : "/32")), .onLink(eth0, source: nil), metric: 5, origin: nil)
            table.replace(
                try Prefix(next + (isIPv6 ? "/128" : "/32")), .onLink(eth1, source: nil), metric: 6, origin: nil)
            #expect(table.route(to: hop, arrival: eth1)?.interface == eth0)
        }
    }

    @Test func aWorseRouteByDeviceStillLeadsToANextHop() throws {
        var table = RoutingTable()
        let hop = try IPAddress("192.0.2.1")
        table.replace(try Prefix("192.0.2.0/24"), .onLink(eth1, source: nil), metric: 9, origin: nil)
        table.replace(try Prefix("192.0.2.0/24"), .blackhole, metric: 3, origin: nil)
        #expect(table.route(to: hop)?.action == .blackhole)
        #expect(table.action(via: hop) == .via(hop, eth1))
    }
}
