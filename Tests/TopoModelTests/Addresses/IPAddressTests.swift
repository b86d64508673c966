import Testing
import TopoModel

@Suite struct IPAddressTests {
    @Test func readsBothFamilies() throws {
        #expect(try IPAddress("10.0.0.1") == .v4(IPv4Address("10.0.0.1")))
        #expect(try IPAddress("2001:db8::1") == .v6(IPv6Address("2001:db8::1")))
        #expect(try IPAddress("::ffff:10.0.0.1").family == .ipv6)
    }

    static let refusals = [
        Refusal("10.0.0.256", "octet \"256\" is more than 255", "write a number from 0 to 255 there"),
        Refusal(
            "::g", "group \"g\" is not a hexadecimal number", "write one to four of 0 to 9 and a to f there"),
        Refusal(
            "host1", "an IPv4 address is four numbers from 0 to 255 with dots between them",
            "write it in full, for example 10.0.0.1"),
    ]

    @Test(arguments: refusals) func refuses(refusal: Refusal) {
        refusal.check { text throws(AddressError) in try IPAddress(text) }
    }

    @Test func keepsItsNumber() throws {
        for text in ["0.0.0.0", "10.0.0.1", "255.255.255.255", "::", "::ffff:1.2.3.4", "ffff::1"] {
            let address = try IPAddress(text)
            #expect(IPAddress(address.family, bits: address.bits) == address)
        }
        #expect(IPAddress(.ipv4, bits: 0x1_0A00_0001).description == "10.0.0.1")
    }

    @Test func knowsTheSpecialOnesOfBothFamilies() throws {
        for text in ["0.0.0.0", "::"] { #expect(try IPAddress(text).isUnspecified) }
        for text in ["127.0.0.1", "::1"] { #expect(try IPAddress(text).isLoopback) }
        for text in ["169.254.1.1", "fe80::1"] { #expect(try IPAddress(text).isLinkLocal) }
        for text in ["239.1.1.42", "ff05::42"] { #expect(try IPAddress(text).isMulticast) }
        #expect(try IPAddress("255.255.255.255").isLimitedBroadcast)
        // The same number, in the other family, is none of these.
        #expect(try !IPAddress("::ffff:ffff").isLimitedBroadcast)
        #expect(try !IPAddress("::7f00:1").isLoopback)
        #expect(try !IPAddress("0.0.0.1").isLoopback)
    }

    @Test func sortsIPv4First() throws {
        let texts = ["10.0.0.2", "::1", "9.0.0.1", "::", "255.255.255.255"]
        let sorted = try texts.map { text in try IPAddress(text) }.sorted().map(\.description)
        #expect(sorted == ["9.0.0.1", "10.0.0.2", "255.255.255.255", "::", "::1"])
    }
}
