import Foundation
import RandomTopologies
import Testing
import TopoDiagnostics
import TopoDriver
import TopoModel
import TopoNetwork
import TopoPlan

@testable import TopoCheck
@testable import TopoForwarding

/// The network that `check` makes of a topology is the one that the prediction makes of its plan: the same segments, the same
/// ends of tunnels, the same routing tables, the same MTUs.
@Suite struct OneNetworkTests {
    /// A topology's network, made in both ways.
    private struct Both {
        let topology: Topology
        let checked: TopoCheck.Network
        let predicted: TopoForwarding.Network
        /// For each interface of the prediction its number in the segments; nil for a host's end of a pair to a bridge, which these
        /// do not have.
        let numbers: [InterfaceID?]
        private let names: [InterfaceName]

        init?(_ text: String) {
            let source = SourceFile(path: "both.topo", bytes: Array(text.utf8))
            let outcome = examine(source, despiteErrors: true, sampling: false)
            guard let examination = outcome.output, examination.topology.isComplete else { return nil }
            // Of tunnels whose ends do not fit, or that a host cannot tell apart, `check` says what to do: it takes them for one; so it does of one that is of its own underlay.
            let wrong: Set<DiagnosticCode> = [.tunnelEndsDiffer, .tunnelNotUnique, .tunnelThroughItself, .layer2Loop]
            if outcome.diagnostics.contains(where: { $0.severity == .error && wrong.contains($0.code) }) { return nil }
            topology = examination.topology
            let (checked, predicted) = (TopoCheck.Network(topology), examination.prediction.network)
            (self.checked, self.predicted) = (checked, predicted)
            names = predicted.interfaces.map { interface in
                let node = predicted.nodes[interface.node].name
                var name = InterfaceName(host: node.host, container: node.container, interface: interface.name)
                if node.container == nil, case .veth(let far) = interface.wire {
                    let inner = predicted.interfaces[far]
                    name = InterfaceName(
                        host: node.host,
                        interface: "\(predicted.nodes[inner.node].name.container ?? ""):\(inner.name)")
                }
                return name
            }
            numbers = names.map { checked.segments.number(of: $0) }
        }

        /// What is not the same, in words.
        var differences: [String] { segments + tunnels + tables + mtus }

        private func name(_ interface: Int) -> String { "\(predicted.reference(interface))" }

        private var segments: [String] {
            var domains: [Int: Int] = [:]
            var found: [Int: Int] = [:]
            var differences: [String] = []
            if Set(numbers.compactMap(\.self)).count != checked.segments.all.reduce(0, { $0 + $1.members.count }) {
                differences.append(
                    "interfaces: \(predicted.interfaces.indices.filter { numbers[$0] == nil }.map(name))")
            }
            for (interface, number) in numbers.enumerated() {
                guard let number else { continue }
                let (segment, domain) = (
                    checked.segments.segment(of: number), predicted.domains.domain(ofInterface: interface)
                )
                if domains[segment, default: domain] != domain || found[domain, default: segment] != segment {
                    differences.append("segment of \(name(interface))")
                }
                (domains[segment], found[domain]) = (domain, segment)
            }
            return differences
        }

        /// The ends that are joined, as sets of interfaces of one overlay.
        private var tunnels: [String] {
            var (ofCheck, ofPrediction) = (Joined(), Joined())
            for join in checked.segments.tunnelJoins { ofCheck.join("\(join.one)", "\(join.other)") }
            func title(_ tunnel: Int) -> String {
                let interface = predicted.interfaces[predicted.tunnels[tunnel].interface]
                return "\(predicted.nodes[interface.node].name.host):\(interface.name)"
            }
            for (number, tunnel) in predicted.tunnels.enumerated() {
                for far in tunnel.farEnds.compactMap(\.tunnel) {
                    // Two gretaps are one tunnel where each takes what the other sends.
                    if case .gretap = tunnel.plan.kind,
                        !predicted.tunnels[far].farEnds.contains(where: { $0.tunnel == number })
                    {
                        continue
                    }
                    ofPrediction.join(title(number), title(far))
                }
            }
            for group in predicted.groups {
                for member in group.dropFirst() { ofPrediction.join(title(group[0]), title(member)) }
            }
            return ofCheck.sets == ofPrediction.sets
                ? [] : ["tunnels: \(ofCheck.sets) checked, \(ofPrediction.sets) predicted"]
        }

        private struct Joined {
            private(set) var sets: Set<Set<String>> = []

            mutating func join(_ one: String, _ other: String) {
                let touched = sets.filter { $0.contains(one) || $0.contains(other) }
                sets.subtract(touched)
                sets.insert(touched.reduce([one, other]) { $0.union($1) })
            }
        }

        /// The routes that are taken, of each node.
        private var tables: [String] {
            // What is outside has a table in the prediction alone.
            predicted.nodes.filter { !$0.name.isOutside }.compactMap { node in
                guard let index = checked.node(host: node.name.host, container: node.name.container) else {
                    return "no node \(node.name)"
                }
                let ofCheck = Set(
                    RoutingTable(of: index, in: checked).inUse.map {
                        "\($0.destination) \(words($0.action) { $0.index }) \($0.metric)"
                    })
                let ofPrediction = Set(
                    node.routes.inUse.map {
                        "\($0.destination) \(words($0.action) { numbers[$0.index]?.index ?? -1 }) \($0.metric)"
                    })
                return ofCheck == ofPrediction
                    ? nil
                    : "routes of \(node.name): \(ofCheck.subtracting(ofPrediction).sorted()) checked, \(ofPrediction.subtracting(ofCheck).sorted()) predicted"
            }
        }

        private func words(_ action: TableRoute.Action, _ number: (InterfaceID) -> Int) -> String {
            switch action {
            case .onLink(let interface, let source): "on link \(number(interface)) \(source.map { "\($0)" } ?? "")"
            case .via(let hop, let interface): "via \(hop) \(number(interface))"
            case .multipath(let hops): "via \(hops.map { "\($0.address) \(number($0.interface))" })"
            case .invalid(let hop): "invalid \(hop)"
            case .unreachable: "unreachable"
            case .blackhole: "blackhole"
            }
        }

        /// The MTU of each interface for which none is written.
        private var mtus: [String] {
            let all = SegmentMTUs(of: topology, segments: checked.segments, underlay: Underlay(of: topology))
            let bare = predicted.interfaces.enumerated().filter { $0.element.mtuOrigin == $0.element.origin }
            return bare.compactMap { interface, found in
                guard numbers[interface] != nil else { return nil }
                let mtu = all.mtu(of: names[interface]).value
                return mtu == found.mtu ? nil : "MTU of \(name(interface)): \(mtu) checked, \(found.mtu) predicted"
            }
        }
    }

    private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    @Test(arguments: ["topologies", "Tests/Fixtures/Networks", "Tests/Fixtures/Errors"])
    func theProjectsTopologies(folder: String) throws {
        let place = Self.root.appendingPathComponent(folder)
        let names = try FileManager.default.contentsOfDirectory(atPath: place.path).filter {
            $0.utf8.suffix(5).elementsEqual(".topo".utf8)
        }
        .sorted()
        #expect(names.count >= 4)
        var compared = 0
        for name in names {
            let data = try Data(contentsOf: place.appendingPathComponent(name))
            guard data.count < 100_000, let both = Both(String(decoding: data, as: UTF8.self)) else { continue }
            compared += 1
            #expect(both.differences == [], "\(name)")
        }
        #expect(compared * 3 > names.count)
    }

    @Test func randomOnes() {
        var compared = 0
        let count = ProcessInfo.processInfo.environment["TOPOC_ONE_NETWORK_COUNT"].flatMap { Int($0) } ?? 300
        for seed in 1...count {
            guard let both = Both(RandomTopology.drawn(seed: seed).draft.text) else { continue }
            compared += 1
            #expect(both.differences == [], "seed \(seed)")
        }
        #expect(compared * 10 > count * 9)
    }

    @Test func randomOnesWithVLANs() {
        for seed in 1...60 {
            guard let both = Both(RandomTopology.drawn(seed: seed, rates: .tagged).draft.text) else { continue }
            #expect(both.differences == [], "seed \(seed)")
        }
    }
}
