import Testing
import TopoModel

@Suite struct IPv4AddressTests {
    @Test(arguments: [
        ("0.0.0.0", 0), ("10.0.0.1", 0x0A00_0001), ("172.16.1.2", 0xAC10_0102), ("9.99.100.200", 0x0963_64C8),
        ("255.255.255.255", UInt32.max),
    ])
    func readsAndPrints(text: String, bits: UInt32) throws {
        #expect(try IPv4Address(text).bits == bits)
        #expect(IPv4Address(bits: bits).description == text)
    }

    static let octets = "write a number from 0 to 255 there"
    static let shape = "an IPv4 address is four numbers from 0 to 255 with dots between them"
    static let refusals = [
        Refusal("", "the text is empty", "write an address, for example 10.0.0.1"),
        Refusal("host1", shape, "write it in full, for example 10.0.0.1"),
        Refusal("167772161", shape, "write it in full, for example 10.0.0.1"),
        Refusal(
            "010.1.1.1", "octet \"010\" has a leading zero, which some programs read as octal", "write 10.1.1.1"),
        Refusal(
            "10.1.1.00", "octet \"00\" has a leading zero, which some programs read as octal", "write 10.1.1.0"),
        Refusal("10.0.0.256", "octet \"256\" is more than 255", octets),
        Refusal(
            "10.0.0.99999999999999999999", "octet \"99999999999999999999\" is more than 255", octets),
        Refusal("10.0.1", "it has 3 octets, and an IPv4 address has 4", "write four octets"),
        Refusal("10.0.0.0.1", "it has 5 octets, and an IPv4 address has 4", "write four octets"),
        Refusal("10..0.1", "octet 2 is empty", octets),
        Refusal("10.0.0.1.", "octet 5 is empty", octets),
        Refusal(".10.0.0.1", "octet 1 is empty", octets),
        Refusal("10.0.0.+1", "octet \"+1\" is not a decimal number", octets),
        Refusal("10.0.0.-1", "octet \"-1\" is not a decimal number", octets),
        Refusal("10.0.0.1e1", "octet \"1e1\" is not a decimal number", octets),
        Refusal("0x0a.0.0.1", "octet \"0x0a\" is not a decimal number", octets),
        Refusal("host1.example.org", "octet \"host1\" is not a decimal number", octets),
        Refusal(" 10.0.0.1", "there is a space in it", "write it without the space"),
        Refusal("10.0.0. 1", "there is a space in it", "write it without the space"),
        Refusal("10.0.0.1\t", "there is a tab in it", "write it without the tab"),
        Refusal("10.0.0.1\n", "there is a line break in it", "write it on one line"),
        Refusal("10.0.0.1\r\n", "there is a line break in it", "write it on one line"),
        Refusal(
            "10.0.0.\u{0661}", "there is a character in it that no address has, U+0661",
            "write it in ASCII, for example 10.0.0.1"),
        Refusal(
            "10.0.0.1\u{0301}", "there is a character in it that no address has, U+0301",
            "write it in ASCII, for example 10.0.0.1"),
        Refusal(
            "10.0.0.1\u{0}", "there is a character in it that no address has, U+0000",
            "write it in ASCII, for example 10.0.0.1"),
        Refusal(
            "10.0.0.\u{1D7CF}", "there is a character in it that no address has, U+1D7CF",
            "write it in ASCII, for example 10.0.0.1"),
        Refusal(
            "10.0.0.1/24", "it has a prefix length, \"/24\", and an address alone is wanted", "write 10.0.0.1"),
        Refusal(String(repeating: "1", count: 65), "the text has 65 bytes, more than any address", nil),
    ]

    @Test(arguments: refusals) func refuses(refusal: Refusal) {
        refusal.check { text throws(AddressError) in try IPv4Address(text) }
    }

    @Test func knowsTheSpecialOnes() throws {
        #expect(try IPv4Address("0.0.0.0").isUnspecified)
        #expect(try !IPv4Address("0.0.0.1").isUnspecified)
        #expect(try IPv4Address("127.255.255.255").isLoopback)
        #expect(try !IPv4Address("128.0.0.0").isLoopback)
        #expect(try IPv4Address("169.254.255.255").isLinkLocal)
        #expect(try !IPv4Address("169.253.255.255").isLinkLocal)
        #expect(try IPv4Address("224.0.0.0").isMulticast)
        #expect(try IPv4Address("239.255.255.255").isMulticast)
        #expect(try !IPv4Address("240.0.0.0").isMulticast)
        #expect(try IPv4Address("255.255.255.255").isLimitedBroadcast)
        #expect(try !IPv4Address("255.255.255.254").isLimitedBroadcast)
    }

    @Test func sortsByNumber() throws {
        #expect(try IPv4Address("9.255.255.255") < IPv4Address("10.0.0.0"))
    }
}
