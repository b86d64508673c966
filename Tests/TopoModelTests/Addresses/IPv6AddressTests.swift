import Testing
import TopoModel

@Suite struct IPv6AddressTests {
    /// A text and the form of RFC 5952 of what it reads as.
    @Test(arguments: [
        ("::", "::"), ("::1", "::1"), ("1::", "1::"), ("0:0:0:0:0:0:0:0", "::"),
        ("2001:DB8::A", "2001:db8::a"), ("2001:0db8:0000:0000:0000:0000:0000:000a", "2001:db8::a"),
        // RFC 5952, 4.2: the longest run, the first of equal ones, never a single group, as much as can be.
        ("2001:0:0:1:0:0:0:1", "2001:0:0:1::1"), ("2001:db8:0:0:1:0:0:1", "2001:db8::1:0:0:1"),
        ("2001:db8::1:1:1:1:1", "2001:db8:0:1:1:1:1:1"), ("2001:db8::0:1", "2001:db8::1"),
        ("1:2:3:4:5:6:7::", "1:2:3:4:5:6:7:0"), ("::2:3:4:5:6:7:8", "0:2:3:4:5:6:7:8"),
        ("1:2:3:4:5:6:0:0", "1:2:3:4:5:6::"), ("0:0:3:4:5:6:7:8", "::3:4:5:6:7:8"),
        ("1:0:0:4:5:0:0:8", "1::4:5:0:0:8"), ("fe80::", "fe80::"),
        // An IPv4 address at the end, RFC 4291, 2.2 (3); printed so for ::ffff:0:0/96 alone (RFC 5952, 5).
        ("::ffff:1.2.3.4", "::ffff:1.2.3.4"), ("::ffff:102:304", "::ffff:1.2.3.4"),
        ("0:0:0:0:0:FFFF:1.2.3.4", "::ffff:1.2.3.4"), ("::ffff:0:0", "::ffff:0.0.0.0"),
        ("::1.2.3.4", "::102:304"), ("64:ff9b::192.0.2.1", "64:ff9b::c000:201"),
        ("1:2:3:4:5:6:1.2.3.4", "1:2:3:4:5:6:102:304"), ("1::1.2.3.4", "1::102:304"),
        ("1:ffff:0:0:0:0:ffff:1", "1:ffff::ffff:1"),
    ])
    func readsAndPrints(text: String, canonical: String) throws {
        let address = try IPv6Address(text)
        #expect(address.description == canonical)
        #expect(try IPv6Address(canonical) == address)
    }

    @Test func readsTheBits() throws {
        #expect(try IPv6Address("1:2:3:4:5:6:7:8").bits == 0x0001_0002_0003_0004_0005_0006_0007_0008)
        #expect(try IPv6Address("1:2::7:8").bits == 0x0001_0002_0000_0000_0000_0000_0007_0008)
        #expect(try IPv6Address("ffff::").bits == UInt128(0xFFFF) << 112)
        #expect(try IPv6Address("::ffff:1.2.3.4").bits == 0xFFFF_0102_0304)
    }

    static let digits = "write one to four of 0 to 9 and a to f there"
    static let fill = "write \"::\" in place of the zero groups that are left out"
    static let refusals = [
        Refusal("", "the text is empty", "write an address, for example 2001:db8::1"),
        Refusal("::1%eth0", "the zone \"%eth0\" belongs to an interface, not to an address", "write ::1"),
        Refusal("fe80::1%", "the zone \"%\" belongs to an interface, not to an address", "write fe80::1"),
        Refusal("[::1]", "brackets belong to an address with a port", "write ::1"),
        Refusal("02:00:5e:10:00:01", "it is a MAC address", "write an IP address, for example 2001:db8::1"),
        Refusal(
            "1::2::3", "\"::\" is in it 2 times, so that the zero groups cannot be counted",
            "keep one \"::\" and write the other zero groups out"),
        Refusal(":::", "there are more than two colons in a row", "write \"::\" once for the zero groups"),
        Refusal("1:::2", "there are more than two colons in a row", "write \"::\" once for the zero groups"),
        Refusal(":1:2:3:4:5:6:7", "it begins with a single colon", "write \"::\" for the zero groups"),
        Refusal("1:2:3:4:5:6:7:", "it ends with a single colon", "write \"::\" for the zero groups"),
        Refusal(":", "it begins with a single colon", "write \"::\" for the zero groups"),
        Refusal("12345::", "group \"12345\" has 5 digits, and four are the most", digits),
        Refusal("::00001", "group \"00001\" has 5 digits, and four are the most", digits),
        Refusal("::g", "group \"g\" is not a hexadecimal number", digits),
        Refusal("::+1", "group \"+1\" is not a hexadecimal number", digits),
        Refusal("2001:db8::0x1", "group \"0x1\" is not a hexadecimal number", digits),
        Refusal("1", "it has 1 group, and an IPv6 address has 8", fill),
        Refusal("1:2:3:4:5:6:7", "it has 7 groups, and an IPv6 address has 8", fill),
        Refusal("1:2:3:4:5:6:7:8:9", "it has 9 groups, and an IPv6 address has 8", "write 8 groups"),
        Refusal("1:2:3:4:5:6:7:1.2.3.4", "it has 9 groups, and an IPv6 address has 8", "write 8 groups"),
        Refusal(
            "1:2:3:4::5:6:7:8", "it has 8 groups beside \"::\", which stands for at least one of 8",
            "write it without \"::\""),
        Refusal(
            "::1:2:3:4:5:6:7:8:9", "it has 9 groups beside \"::\", which stands for at least one of 8",
            "write 7 groups at most"),
        Refusal(
            "1.2.3.4::", "the IPv4 address \"1.2.3.4\" is not at its end", "write those 32 bits as two groups"),
        Refusal(
            "::1.2.3.4:5", "the IPv4 address \"1.2.3.4\" is not at its end", "write those 32 bits as two groups"),
        Refusal(
            "::ffff:1.2.3.256", "in the IPv4 address at its end, octet \"256\" is more than 255",
            "write a number from 0 to 255 there"),
        Refusal(
            "::ffff:01.2.3.4",
            "in the IPv4 address at its end, octet \"01\" has a leading zero, which some programs read as octal",
            "write ::ffff:1.2.3.4"),
        Refusal("::1/64", "it has a prefix length, \"/64\", and an address alone is wanted", "write ::1"),
        Refusal("::1 ", "there is a space in it", "write it without the space"),
        Refusal(
            "::\u{FF11}", "there is a character in it that no address has, U+FF11",
            "write it in ASCII, for example 2001:db8::1"),
    ]

    @Test(arguments: refusals) func refuses(refusal: Refusal) {
        refusal.check { text throws(AddressError) in try IPv6Address(text) }
    }

    @Test func knowsTheSpecialOnes() throws {
        #expect(try IPv6Address("::").isUnspecified)
        #expect(try !IPv6Address("::1").isUnspecified)
        #expect(try IPv6Address("::1").isLoopback)
        #expect(try !IPv6Address("::2").isLoopback)
        #expect(try IPv6Address("febf:ffff::1").isLinkLocal)
        #expect(try !IPv6Address("fec0::1").isLinkLocal)
        #expect(try !IPv6Address("fe7f::1").isLinkLocal)
        #expect(try IPv6Address("ff02::1").isMulticast)
        #expect(try !IPv6Address("feff::1").isMulticast)
        #expect(try IPv6Address("::ffff:0:0").isIPv4Mapped)
        #expect(try !IPv6Address("::1:ffff:0:0").isIPv4Mapped)
    }

    @Test func sortsByNumber() throws {
        #expect(try IPv6Address("9::") < IPv6Address("10::"))
    }
}
