public import TopoPlan

extension PlannedPortVLANs {
    /// A port's VLANs for readers: `VLAN 10`, `VLANs 10, 20-29 tagged`; none for a port of what does not tell VLANs apart.
    /// - Parameter say: chooses between the English and the Spanish words.
    public func words(_ say: (_ english: String, _ spanish: String) -> String) -> [String] {
        let untagged = untagged.map { ["VLAN \($0)"] } ?? []
        guard !tagged.isEmpty else { return untagged }
        let numbers = tagged.map(\.vlanWord).joined(separator: ", ")
        return untagged + [
            tags.count == 1
                ? say("VLAN \(numbers) tagged", "VLAN \(numbers) etiquetada")
                : say("VLANs \(numbers) tagged", "VLAN \(numbers) etiquetadas")
        ]
    }
}
