internal import TopoEmit
internal import TopoNetwork
internal import TopoPlan

/// How scripts change the addresses of forwarded packets: with `nft(8)`, in a table of the topology's own, which comes and goes as a
/// whole.
struct NATVerbs {
    /// The table's name.
    let table: String

    /// The commands that make the table, in order.
    func make(_ nat: NAT) -> [Command] {
        NATTable(name: table, nat).commands.map { Command(["nft"] + $0) }
    }
}
