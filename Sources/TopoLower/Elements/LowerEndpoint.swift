import TopoDiagnostics
import TopoModel

extension Lowering {
    /// Whom one end of a check names; nil, with findings, where that is nobody.
    mutating func endpoint(_ written: Located<String>) -> Endpoint? {
        guard AddressOrName.looksLikeAddress(written.value) else {
            return node(written).map { Endpoint(host: $0.host, container: $0.container, span: written.span) }
        }
        let address: IPAddress
        do throws(AddressError) {
            address = try IPAddress(written.value)
        } catch {
            let word = ScalarWord(text: written.value, isQuoted: false, span: written.span)
            findings.addInvalidAddress(word, .address, "an IP address", error)
            return nil
        }
        let owners = addresses.owners(of: address)
        if let owner = owners.first {
            guard owners.count == 1 else {
                addAmbiguous(
                    Located("\(address)", at: written.span), "\(owners.count) have this address", owners, "has it")
                return nil
            }
            return Endpoint(host: owner.host, container: owner.container, address: address, span: written.span)
        }
        guard addresses.broken.isEmpty, !directory.isBroken, findings.isOpen else { return nil }
        guard let reason = reasonAgainstOutside(address) else {
            return Endpoint(outside: address, span: written.span)
        }
        findings.add(
            .addressOfNobody, "nobody has the address \"\(address)\", which a check names", at: written.span,
            reason.label, and: reason.places, help: [reason.help])
        return nil
    }

    /// Why an address that nobody has is not outside either; nil where it is.
    private func reasonAgainstOutside(
        _ address: IPAddress
    ) -> (label: String, places: [Diagnostic.Label], help: String)? {
        // Nobody's of the topology, but known: the router that a LAN's outside begins with.
        let isGateway = lans.contains { $0.gateways.contains { $0.value == address } }
        guard !isGateway || !address.isRoutable else { return nil }
        let declared = lans.lazy.flatMap(\.subnets).first { $0.value.contains(address) }
        if let subnet = declared ?? addresses.subnet(around: address) {
            return (
                "it would be in a subnet of the topology", [.init(subnet.span, "\(subnet.value)")],
                "name a container or host, or write one of its addresses"
            )
        }
        guard address.isRoutable else {
            return ("no packet from elsewhere is for it", [], "name a container or host")
        }
        let families = lans.flatMap { $0.gateways.map(\.value.family) }
        guard !families.contains(address.family) else { return nil }
        return (
            "nothing is outside the topology\(families.isEmpty ? "" : " in \(address.family.title)")",
            lans.first.map { [.init($0.name.span, families.isEmpty ? "has no gateway" : "has none")] } ?? [],
            "give the LAN that leads there \"gateway:\", with its router's address"
        )
    }
}
