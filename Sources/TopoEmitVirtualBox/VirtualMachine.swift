internal import TopoPlan

/// A host that is a VM in VirtualBox.
struct VirtualMachine {
    /// The host's name.
    let host: String
    /// Its NICs that are on VirtualBox networks, in the order of the file.
    let adapters: [Adapter]

    /// The VM that a host is.
    /// - Returns: nil where none of its NICs is on a VirtualBox network.
    init?(of host: HostPlan, in plan: Plan) {
        let adapters = host.nics.compactMap { Adapter($0, of: host, in: plan) }
        guard !adapters.isEmpty else { return nil }
        self.host = host.name
        self.adapters = adapters
    }
}
