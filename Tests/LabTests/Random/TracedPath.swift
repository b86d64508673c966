import TopoForwarding
import TopoModel
import TopoPlan

/// A path that is traced in the lab: its routers are to be those predicted, in order.
struct TracedPath {
    let path: Path
    /// The addresses of each router, in order.
    let routers: [Set<String>]

    /// Takes a path that is answered over one router at least. Not one on which a router sends a packet back where it came
    /// from: it tells its sender of the nearer router, and the next packets go there. Nor one that may go by other routers.
    init?(_ path: Path, addresses: [NodeName: [IPAddress]]) {
        guard path.reaches, !path.routers.isEmpty, path.others.allSatisfy({ $0.routers == path.routers }),
            !path.there.hops.contains(where: { $0.outInterface != nil && $0.inInterface == $0.outInterface })
        else { return nil }
        self.path = path
        routers = path.routers.map { Set((addresses[$0] ?? []).map { "\($0)" }) }
    }

    /// The line of shell that traces it, each of its lines with the path's number.
    func line(_ number: Int) -> String {
        "(traceroute -n -I -N 1 -q 2 -w 1 -m 12 \(path.destination) 2>/dev/null | sed 's/^/trace \(number) /') &"
    }

    /// What differs, in words; nil where nothing does.
    /// - Parameter lines: what traceroute wrote, but for its first line.
    func difference(from lines: [String]) -> String? {
        let hops = lines.map { line in
            // The C library writes addresses in ::/96 with dots.
            Set(
                line.split(separator: " ").dropFirst().map(String.init).filter { $0.contains(".") || $0.contains(":") }
                    .map { word in (try? IPAddress(word)).map { "\($0)" } ?? word })
        }
        let goal = "\(path.destination)"
        let isRight =
            hops.count == routers.count + 1 && hops.last?.contains(goal) == true
            // A router that has no way back to the sender is a star.
            && zip(hops, routers).allSatisfy { hop, router in
                hop.contains("*") || hop.filter { !$0.hasPrefix("0.") && Double($0) == nil }.isSubset(of: router)
            }
        guard !isRight else { return nil }
        let expected = (path.routers.map(\.description) + [goal]).joined(separator: ", ")
        return "\(path.source) to \(goal) is predicted to go by \(expected), and goes\n\(lines.joined(separator: "\n"))"
    }
}
