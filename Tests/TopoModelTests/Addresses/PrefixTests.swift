import Testing
import TopoModel

@Suite struct PrefixTests {
    @Test func readsAndPrints() throws {
        for text in ["10.1.0.0/24", "0.0.0.0/0", "10.1.0.1/32", "2001:db8::/64", "::/0", "::1/128", "fe80::/10"] {
            #expect(try Prefix(text).description == text)
        }
    }

    static let refusals = [
        Refusal(
            "10.1.0.1/24", "10.1.0.1 is an address in the subnet, not the subnet's own", "write 10.1.0.0/24"),
        Refusal(
            "2001:db8::1/64", "2001:db8::1 is an address in the subnet, not the subnet's own",
            "write 2001:db8::/64"),
        Refusal(
            "10.1.0.0", "its prefix length is missing", "add the subnet's length, for example 10.1.0.0/24"),
        Refusal(
            "10.1/16", "it has 2 octets, and an IPv4 address has 4", "write four octets"),
    ]

    @Test(arguments: refusals) func refuses(refusal: Refusal) {
        refusal.check { text throws(AddressError) in try Prefix(text) }
    }

    struct Shape: Sendable {
        let prefix, first, last, firstHost, lastHost: String
        let broadcast: String?
        let count: UInt128
    }

    static let shapes = [
        Shape(
            prefix: "10.1.0.0/24", first: "10.1.0.0", last: "10.1.0.255", firstHost: "10.1.0.1",
            lastHost: "10.1.0.254", broadcast: "10.1.0.255", count: 254),
        Shape(
            prefix: "10.2.0.4/30", first: "10.2.0.4", last: "10.2.0.7", firstHost: "10.2.0.5", lastHost: "10.2.0.6",
            broadcast: "10.2.0.7", count: 2),
        Shape(
            prefix: "10.2.0.4/31", first: "10.2.0.4", last: "10.2.0.5", firstHost: "10.2.0.4", lastHost: "10.2.0.5",
            broadcast: nil, count: 2),
        Shape(
            prefix: "10.2.0.4/32", first: "10.2.0.4", last: "10.2.0.4", firstHost: "10.2.0.4", lastHost: "10.2.0.4",
            broadcast: nil, count: 1),
        Shape(
            prefix: "0.0.0.0/0", first: "0.0.0.0", last: "255.255.255.255", firstHost: "0.0.0.1",
            lastHost: "255.255.255.254", broadcast: "255.255.255.255", count: 4_294_967_294),
        Shape(
            prefix: "2001:db8::/64", first: "2001:db8::", last: "2001:db8::ffff:ffff:ffff:ffff",
            firstHost: "2001:db8::1", lastHost: "2001:db8::ffff:ffff:ffff:ffff", broadcast: nil,
            count: 18_446_744_073_709_551_615),
        Shape(
            prefix: "2001:db8::/126", first: "2001:db8::", last: "2001:db8::3", firstHost: "2001:db8::1",
            lastHost: "2001:db8::3", broadcast: nil, count: 3),
        Shape(
            prefix: "2001:db8::/127", first: "2001:db8::", last: "2001:db8::1", firstHost: "2001:db8::",
            lastHost: "2001:db8::1", broadcast: nil, count: 2),
        Shape(
            prefix: "2001:db8::/128", first: "2001:db8::", last: "2001:db8::", firstHost: "2001:db8::",
            lastHost: "2001:db8::", broadcast: nil, count: 1),
        Shape(
            prefix: "::/0", first: "::", last: "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", firstHost: "::1",
            lastHost: "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", broadcast: nil, count: UInt128.max),
    ]

    @Test(arguments: shapes) func knowsItsAddresses(shape: Shape) throws {
        let prefix = try Prefix(shape.prefix)
        #expect(prefix.network.description == shape.first)
        #expect(prefix.last.description == shape.last)
        #expect(prefix.firstHost.description == shape.firstHost)
        #expect(prefix.lastHost.description == shape.lastHost)
        #expect(prefix.broadcast?.description == shape.broadcast)
        #expect(prefix.hostCount == shape.count)
    }

    @Test(arguments: [
        ("10.2.255.0/24", "10.3.0.0/24"), ("10.0.0.0/31", "10.0.0.2/31"), ("255.255.254.0/24", "255.255.255.0/24"),
        ("255.255.255.0/24", nil), ("255.255.255.255/32", nil), ("0.0.0.0/0", nil),
        ("2001:db8:0:ffff::/64", "2001:db8:1::/64"), ("ffff::/16", nil), ("::/0", nil),
        ("::ffff:ffff/128", "::1:0:0/128"),
    ])
    func knowsTheNext(text: String, next: String?) throws {
        #expect(try Prefix(text).next?.description == next)
    }

    @Test func containsAndOverlaps() throws {
        let wide = try Prefix("10.1.0.0/24")
        let narrow = try Prefix("10.1.0.128/25")
        let apart = try Prefix("10.1.1.0/24")
        #expect(wide.contains(narrow) && !narrow.contains(wide))
        #expect(wide.contains(wide))
        #expect(wide.overlaps(narrow) && narrow.overlaps(wide))
        #expect(!wide.overlaps(apart) && !wide.contains(apart))
        #expect(try wide.contains(IPAddress("10.1.0.255")))
        #expect(try !wide.contains(IPAddress("10.1.1.0")))
        // Families never meet, though the numbers do.
        #expect(try !Prefix("::/0").contains(IPAddress("10.0.0.1")))
        #expect(try !Prefix("::/0").overlaps(Prefix("0.0.0.0/0")))
        #expect(try !Prefix("0.0.0.0/0").contains(IPAddress("::1")))
    }

    @Test func sortsByNetworkTheWiderFirst() throws {
        let texts = ["::/0", "10.1.0.0/25", "10.0.0.0/8", "10.1.0.0/24", "9.0.0.0/8"]
        let sorted = try texts.map { text in try Prefix(text) }.sorted().map(\.description)
        #expect(sorted == ["9.0.0.0/8", "10.0.0.0/8", "10.1.0.0/24", "10.1.0.0/25", "::/0"])
    }
}
