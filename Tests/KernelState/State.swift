import Foundation

/// What the kernel has in a host: links, addresses, routes, forwarding tables and switches.
public struct State {
    /// What asks for it in a host, for sh.
    /// - Throws: where the project's folder is not there.
    public static func questions() throws -> String {
        let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("state.sh")
        return try String(contentsOf: file, encoding: .utf8)
    }

    /// Everything, a line each, in a form that is the same for the same.
    public let lines: Set<String>

    /// Takes what `state.sh` printed.
    /// - Throws: what reading its JSON throws.
    public init(_ lines: some Sequence<String>) throws {
        var all: Set<String> = []
        for line in lines {
            let parts = line.split(separator: "\t", maxSplits: 1)
            guard parts.count == 2 else { continue }
            guard parts[1].hasPrefix("[") else {
                all.insert(line)
                continue
            }
            let values = try JSONSerialization.jsonObject(with: Data(parts[1].utf8)) as? [Any] ?? []
            for value in values.compactMap(State.settled) {
                let data = try JSONSerialization.data(withJSONObject: value, options: [.sortedKeys])
                all.insert("\(parts[0]) \(String(decoding: data, as: UTF8.self))")
            }
        }
        self.lines = all
    }

    /// A value without what is another every time, and without what is known to differ; nil where nothing is left of it.
    private static func settled(_ value: Any) -> Any? {
        if let array = value as? [Any] { return array.compactMap(settled) }
        guard let object = value as? [String: Any] else { return value }
        guard !object.isEmpty, !isExplained(object) else { return nil }
        return object.filter { key, _ in !isVolatile(key) && !explainedKeys.contains(key) }.compactMapValues(settled)
    }

    /// Numbers and addresses that the kernel gives anew, clocks, and what is true until an address has been announced.
    private static func isVolatile(_ key: String) -> Bool {
        ["ifindex", "link_index", "link_netnsid", "permaddr", "tentative"].contains(key) || key.hasSuffix("_timer")
    }

    /// Without an IPv6 address in the topology, the kernel gives a link a link-local one, and systemd-networkd is told to
    /// give it none. A bridge without a carrier has its IPv6 address without duplicate address detection.
    private static let explainedKeys: Set<String> = ["inet6_addr_gen_mode", "nodad"]

    private static func isExplained(_ object: [String: Any]) -> Bool {
        // The link-local address itself, and its route.
        if [object["local"], object["dst"]].contains(where: { ($0 as? String)?.hasPrefix("fe80:") ?? false }) {
            return true
        }
        let mac = object["mac"] as? String ?? ""
        // The group in which neighbours ask for that address (RFC 4861); and those of LLDP, to which systemd-networkd
        // listens (IEEE 802.1AB, table 7-1).
        if mac.hasPrefix("33:33:ff:") || mac.hasPrefix("01:80:c2:00:00:0") { return true }
        // An address that was learned of a frame, and is forgotten again: nobody's setting.
        return !mac.isEmpty && (object["state"] as? String) == ""
    }

    /// What is here and not there, and what is there and not here.
    public func difference(from other: State) -> [String] {
        lines.subtracting(other.lines).sorted().map { "+ \($0)" }
            + other.lines.subtracting(lines).sorted().map { "- \($0)" }
    }
}
