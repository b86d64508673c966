internal import TopoModel

/// A container's address as `ip-address(8)` has it where the container's own configuration sets it too.
struct AddressWords {
    private let address: InterfaceAddress

    init(_ address: InterfaceAddress) { self.address = address }

    /// The words after `ip address replace`. With its broadcast address, as systemd-networkd would set it: the kernel
    /// refuses an address again that differs in that (ERANGE), and then networkd gives the whole interface up.
    func words(dev interface: String) -> [String] {
        let broadcast: [String] =
            switch address.address.family {
            // A subnet of two addresses or one has no broadcast address (RFC 3021).
            case .ipv4: address.length <= 30 ? ["brd", "+"] : []
            case .ipv6: []
            }
        return ["\(address)", "dev", interface] + broadcast
    }
}
