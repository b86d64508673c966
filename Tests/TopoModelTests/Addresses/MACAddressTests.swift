import Testing
import TopoModel

@Suite struct MACAddressTests {
    @Test(arguments: [
        ("02:00:5e:10:00:01", "02:00:5e:10:00:01"), ("02-00-5E-10-00-01", "02:00:5e:10:00:01"),
        ("AA:bb:CC:dd:EE:ff", "aa:bb:cc:dd:ee:ff"), ("00:00:00:00:00:00", "00:00:00:00:00:00"),
        ("ff:ff:ff:ff:ff:ff", "ff:ff:ff:ff:ff:ff"),
        ("02:0A:0b:0c:09:0f", "02:0a:0b:0c:09:0f"),
    ])
    func readsAndPrints(text: String, canonical: String) throws {
        let address = try MACAddress(text)
        #expect(address.description == canonical)
        #expect(try MACAddress(canonical) == address)
    }

    @Test func keepsTheLow48Bits() throws {
        #expect(try MACAddress("02:00:5e:10:00:01").bits == 0x0200_5E10_0001)
        #expect(MACAddress(bits: 0xFFFF_0200_5E10_0001).description == "02:00:5e:10:00:01")
    }

    static let shape = "a MAC address is six octets in hexadecimal with colons or hyphens between them"
    static let full = "write it in full, for example 02:00:5e:10:00:01"
    static let apart = "its octets are not set apart by colons or hyphens"
    static let refusals = [
        Refusal("", "the text is empty", "write an address, for example 02:00:5e:10:00:01"),
        Refusal("eth0", shape, full),
        Refusal("aa.bb.cc.dd.ee.ff", shape, full),
        Refusal("0200.5e10.0001", apart, "write 02:00:5e:10:00:01"),
        Refusal("02005E100001", apart, "write 02:00:5e:10:00:01"),
        Refusal("02:00:5e-10:00:01", "it has both colons and hyphens", "write colons, for example 02:00:5e:10:00:01"),
        Refusal("2:0:5e:10:0:1", "octet \"2\" has one digit", "write \"02\" there"),
        Refusal("02:00:5e:10:00:001", "octet \"001\" has 3 digits", "write two digits there"),
        Refusal("02:00::10:00:01", "octet 3 is empty", "write two digits there"),
        Refusal("02:00:5e:10:00:01:", "octet 7 is empty", "write two digits there"),
        Refusal(
            "02:00:5e:10:00:0g", "octet \"0g\" is not a hexadecimal number", "write two of 0 to 9 and a to f there"),
        Refusal(
            "02:00:5e:10:00:+1", "octet \"+1\" is not a hexadecimal number", "write two of 0 to 9 and a to f there"),
        Refusal("02:00:5e:10:00", "it has 5 octets, and a MAC address has 6", "write six octets"),
        Refusal("02:00:5e:10:00:01:02:03", "it has 8 octets, and a MAC address has 6", "write six octets"),
        Refusal("02:00:5e:10:00:01 ", "there is a space in it", "write it without the space"),
        Refusal(
            "02:00:5e:10:00:\u{0660}1", "there is a character in it that no address has, U+0660",
            "write it in ASCII, for example 02:00:5e:10:00:01"),
    ]

    @Test(arguments: refusals) func refuses(refusal: Refusal) {
        refusal.check { text throws(AddressError) in try MACAddress(text) }
    }

    @Test func knowsTheSpecialOnes() throws {
        #expect(try MACAddress("00:00:00:00:00:00").isZero)
        #expect(try !MACAddress("00:00:00:00:00:01").isZero)
        #expect(try MACAddress("ff:ff:ff:ff:ff:ff").isBroadcast)
        #expect(try MACAddress("ff:ff:ff:ff:ff:ff").isMulticast)
        #expect(try !MACAddress("ff:ff:ff:ff:ff:fe").isBroadcast)
        #expect(try MACAddress("01:00:5e:01:01:2a").isMulticast)
        #expect(try !MACAddress("02:00:5e:10:00:01").isMulticast)
        #expect(try MACAddress("02:00:5e:10:00:01").isLocallyAdministered)
        #expect(try !MACAddress("00:16:3e:00:00:01").isLocallyAdministered)
    }

    @Test func sortsByNumber() throws {
        #expect(try MACAddress("00:ff:ff:ff:ff:ff") < MACAddress("01:00:00:00:00:00"))
    }
}
