import TopoDiagnostics
import TopoModel
import TopoText

extension ValueType {
    /// An address in text, of the kind that `parse` reads; `noun` names it in messages.
    private static func parsed<Address>(
        _ form: ValueForm, _ noun: String, _ parse: @escaping @Sendable (String) throws(AddressError) -> Address
    ) -> ValueType<Located<Address>> where Value == Located<Address> {
        .word(form) { word, _, findings in
            do throws(AddressError) {
                return try parse(word.text)
            } catch {
                findings.addInvalidAddress(word, form, noun, error)
                return nil
            }
        }
    }
}

extension ValueType where Value == Located<IPAddress> {
    /// An address without a prefix length.
    static var address: Self { .parsed(.address, "an IP address") { text throws(AddressError) in try IPAddress(text) } }
}

extension ValueType where Value == Located<InterfaceAddress> {
    /// An address with its prefix length.
    static var interfaceAddress: Self {
        .parsed(.interfaceAddress, "an interface address") { text throws(AddressError) in try InterfaceAddress(text) }
    }
}

extension ValueType where Value == Located<InterfaceAddress> {
    /// An address with its prefix length, or `auto`, which is written out before a file is lowered.
    static var interfaceAddressOrAuto: Self {
        ValueType(form: .either([.interfaceAddress, .choice(["auto"])]), read: interfaceAddress.read)
    }

    /// The same, or `none` in a network, which is taken out before.
    static var interfaceAddressAutoOrNone: Self {
        ValueType(form: .either([.interfaceAddress, .choice(["auto", "none"])]), read: interfaceAddress.read)
    }
}

extension ValueType where Value == Located<InterfaceAddress> {
    /// An address that is alone in its subnet, as a loopback interface takes them: Linux answers for the whole of a wider one.
    static var singleAddress: Self {
        ValueType(form: .singleAddress) { node, key, findings in
            guard let address = interfaceAddress.read(node, key, &findings) else { return nil }
            let width = address.value.address.family.width
            guard address.value.length < width else { return address }
            findings.add(
                .invalidValue, "\"\(key)\" is \(address.value), more than one address", at: address.span,
                "must be a /\(width)",
                notes: ["on a loopback interface the kernel takes every address of a subnet for its own"],
                help: ["write \(address.value.address)/\(width)"],
                edits: [Edit(address.span, "\(address.value.address)/\(width)")])
            return nil
        }
    }
}

extension ValueType where Value == Located<Prefix> {
    /// A subnet.
    static var prefix: Self { .parsed(.prefix, "a subnet") { text throws(AddressError) in try Prefix(text) } }
}

extension ValueType where Value == Located<MACAddress> {
    /// An Ethernet address that an interface can have.
    static var macAddress: Self {
        let any: Self = .parsed(.macAddress, "MAC address") { text throws(AddressError) in try MACAddress(text) }
        return ValueType(form: .macAddress) { node, key, findings in
            guard let mac = any.read(node, key, &findings) else { return nil }
            guard mac.value.isMulticast || mac.value.bits == 0 else { return mac }
            let what = mac.value.bits == 0 ? "is all zeros" : "is a group address"
            findings.add(
                .invalidValue, "\"\(key)\" \(what): no interface can have \(mac.value)", at: mac.span,
                mac.value.isMulticast ? "the lowest bit of the first octet is set" : "",
                help: ["take a locally administered address, as in 02:00:00:00:00:01"])
            return nil
        }
    }
}

extension ValueType where Value == Located<AddressOrName> {
    /// An address, or the name of an element of one of these kinds that has one.
    static func addressOrName(of kinds: [ElementKind]) -> Self {
        .word(.either([.address, .name(kinds)])) { word, _, findings in
            guard AddressOrName.looksLikeAddress(word.text) else { return .name(word.text) }
            do throws(AddressError) {
                return .address(try IPAddress(word.text))
            } catch {
                findings.addInvalidAddress(word, .address, "an IP address", error)
                return nil
            }
        }
    }
}

/// A value that is an address, or stands for one by a name.
enum AddressOrName: Sendable, Hashable {
    case address(IPAddress)
    case name(String)

    /// True for what can be no name: no host's name has a colon, or is all digits and dots.
    static func looksLikeAddress(_ text: String) -> Bool {
        let head = text.utf8.prefix { $0 != UInt8(ascii: "/") }
        // A comma is a slip for a dot.
        let dots = ".,".utf8
        let digitsAndDots = head.allSatisfy { (48...57).contains($0) || dots.contains($0) }
        return head.contains(UInt8(ascii: ":")) || digitsAndDots && head.contains(where: dots.contains)
    }
}

extension Findings {
    /// Says that a text is no address of the kind that is needed, and why.
    mutating func addInvalidAddress(
        _ word: ScalarWord, _ form: ValueForm, _ noun: String, _ error: AddressError
    ) {
        // In a flow mapping, a colon at the end of a plain scalar would be a key's.
        let edit = error.correction.map { text in
            Edit(word.span, word.isQuoted || text.begins(with: ":") || text.ends(with: ":") ? "\"\(text)\"" : text)
        }
        add(
            .invalidAddress, "\"\(word.text)\" is not \(noun): \(error.reason)", at: word.span,
            "expected \(form)\(form.example.map { ", as in \($0)" } ?? "")", help: error.help.map { [$0] } ?? [],
            edits: edit.map { [$0] } ?? [])
    }
}
