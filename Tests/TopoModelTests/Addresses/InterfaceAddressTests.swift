import Testing
import TopoModel

@Suite struct InterfaceAddressTests {
    @Test(arguments: [
        ("10.1.0.1/24", "10.1.0.1/24", "10.1.0.0/24"), ("10.1.0.1/0", "10.1.0.1/0", "0.0.0.0/0"),
        ("10.1.0.1/32", "10.1.0.1/32", "10.1.0.1/32"), ("2001:DB8:0::1/64", "2001:db8::1/64", "2001:db8::/64"),
        ("fe80::/10", "fe80::/10", "fe80::/10"), ("ffff::1/0", "ffff::1/0", "::/0"), ("::1/128", "::1/128", "::1/128"),
    ])
    func readsAndPrints(text: String, canonical: String, prefix: String) throws {
        let interface = try InterfaceAddress(text)
        #expect(interface.description == canonical)
        #expect(interface.prefix.description == prefix)
    }

    static let refusals = [
        Refusal("", "the text is empty", "write an address, for example 10.0.0.1/24"),
        Refusal(
            "/24", "there is no address before the slash", "write both, for example 10.0.0.1/24"),
        Refusal(
            "10.0.0.1", "its prefix length is missing", "add the subnet's length, for example 10.0.0.1/24"),
        Refusal(
            "10.0.0.1/", "its prefix length is missing", "add the subnet's length, for example 10.0.0.1/24"),
        Refusal("::1", "its prefix length is missing", "add the subnet's length, for example ::1/64"),
        Refusal(
            "10.0.0.1/33", "prefix length 33 is more than the 32 bits of an IPv4 address",
            "write a number from 0 to 32 there"),
        Refusal(
            "::1/129", "prefix length 129 is more than the 128 bits of an IPv6 address",
            "write a number from 0 to 128 there"),
        Refusal(
            "10.0.0.1/99999999999999999999",
            "prefix length 99999999999999999999 is more than the 32 bits of an IPv4 address",
            "write a number from 0 to 32 there"),
        Refusal("10.0.0.1/024", "prefix length \"024\" has a leading zero", "write 10.0.0.1/24"),
        Refusal("10.0.0.1/00", "prefix length \"00\" has a leading zero", "write 10.0.0.1/0"),
        Refusal(
            "10.0.0.1/+24", "prefix length \"+24\" is not a decimal number", "write a number from 0 to 32 there"),
        Refusal(
            "::1/ffff::", "prefix length \"ffff::\" is not a decimal number", "write a number from 0 to 128 there"),
        Refusal("10.0.0.1/24/24", "it has more than one slash", "write one prefix length"),
        Refusal(
            "10.0.0.1/255.255.255.0", "the subnet is given by the netmask 255.255.255.0, not by its prefix length",
            "write 10.0.0.1/24"),
        Refusal(
            "10.0.0.1/255.255.255.255",
            "the subnet is given by the netmask 255.255.255.255, not by its prefix length", "write 10.0.0.1/32"),
        Refusal(
            "10.0.0.1/0.0.0.0", "the subnet is given by the netmask 0.0.0.0, not by its prefix length",
            "write 10.0.0.1/0"),
        Refusal(
            "10.0.0.1/0.0.0.255", "the subnet is given by the inverted netmask 0.0.0.255, not by its prefix length",
            "write 10.0.0.1/24"),
        Refusal(
            "10.0.0.1/255.0.255.0", "255.0.255.0 is not a netmask: its one bits are not all in front",
            "write the prefix length, for example 10.0.0.1/24"),
        Refusal(
            "010.1.1.1/24", "octet \"010\" has a leading zero, which some programs read as octal",
            "write 10.1.1.1/24"),
        Refusal(
            "fe80::1%eth0/64", "the zone \"%eth0\" belongs to an interface, not to an address", "write fe80::1/64"),
        Refusal(
            "::ffff:010.0.0.1/96",
            "in the IPv4 address at its end, octet \"010\" has a leading zero, which some programs read as octal",
            "write ::ffff:10.0.0.1/96"),
        Refusal("10.0.0.256/24", "octet \"256\" is more than 255", "write a number from 0 to 255 there"),
        Refusal("10.0.0.1 /24", "there is a space in it", "write it without the space"),
        Refusal(
            "10.0.0.1/\u{0662}\u{0664}", "there is a character in it that no address has, U+0662",
            "write it in ASCII, for example 10.0.0.1/24"),
        Refusal(
            "host1/24", "an IPv4 address is four numbers from 0 to 255 with dots between them",
            "write it in full, for example 10.0.0.1/24"),
        Refusal("dhcp", "it is a word, not an address", "write an address, for example 10.0.0.1/24"),
        Refusal(
            "host1", "an IPv4 address is four numbers from 0 to 255 with dots between them",
            "write it in full, for example 10.0.0.1/24"),
        Refusal("10.0.0.01", "octet \"01\" has a leading zero, which some programs read as octal", "write 10.0.0.1/24"),
        Refusal("10,1,0,12/24", "it has commas instead of dots", "write 10.1.0.12/24"),
        Refusal("10,1,0/24", "it has commas instead of dots", "write dots between the numbers"),
    ]

    @Test(arguments: refusals) func refuses(refusal: Refusal) {
        refusal.check { text throws(AddressError) in try InterfaceAddress(text) }
    }

    /// The subnet's own address, for the lengths that have one.
    @Test(arguments: [
        ("10.1.0.0/24", true), ("10.1.0.1/24", false), ("10.1.0.0/30", true), ("10.1.0.0/31", false),
        ("10.1.0.0/32", false), ("0.0.0.0/0", true), ("2001:db8::/64", true), ("2001:db8::1/64", false),
        ("2001:db8::/126", true), ("2001:db8::/127", false), ("2001:db8::/128", false), ("fe80::/10", true),
    ])
    func knowsTheNetworkAddress(text: String, isOne: Bool) throws {
        #expect(try InterfaceAddress(text).isNetworkAddress == isOne)
    }

    @Test(arguments: [
        ("10.1.0.255/24", true), ("10.1.0.254/24", false), ("10.1.0.255/23", false), ("10.1.0.3/30", true),
        ("10.1.0.1/31", false), ("10.1.0.1/32", false), ("2001:db8::ffff:ffff:ffff:ffff/64", false),
        ("2001:db8::3/126", false),
    ])
    func knowsTheBroadcastAddress(text: String, isOne: Bool) throws {
        #expect(try InterfaceAddress(text).isBroadcastAddress == isOne)
    }
}
