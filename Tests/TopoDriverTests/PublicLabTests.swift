import Foundation
import Testing
import TopoDiagnostics
import TopoDriver
import TopoForwarding
import TopoModel
import TopoPlan

/// Labs that others have published, written as topologies: nothing is found in them but what is stated here, and their own
/// checks are predicted to hold. A new lab is a new file.
@Suite struct PublicLabTests {
    private static let folder = Fixtures.root.appendingPathComponent("Tests/Fixtures/PublicLabs")
    private static let names = Fixtures.names(in: folder, ending: "topo")

    /// The codes that are the very point of a lab, or that it can't avoid.
    private static let stated = [
        // Each node has the first address of its pods' subnet as a /32, as flannel gives it to the VXLAN.
        "flannel-vxlan": ["T0302", "T0302", "T0302"]
    ]

    @Test func thereAreTwenty() {
        #expect(Self.names.count >= 20)
        #expect(Set(Self.stated.keys).isSubset(of: Self.names))
    }

    @Test(arguments: names)
    func nothingIsFoundAndItsChecksHold(name: String) throws {
        let source = try Self.source(name)
        let outcome = examine(source)
        let found = render(outcome.diagnostics, of: source, style: .plain)
        #expect(outcome.diagnostics.map(\.code.rawValue) == Self.stated[name] ?? [], "\(found)")
        let examination = try #require(outcome.output, "\(found)")
        #expect(examination.newLock == nil, "the lock beside the file is not that of the file")
        #expect(examination.plan.checks.count >= 2)
        #expect(examination.prediction.diagnostics.isEmpty)
    }

    /// The way of each stated packet is asked for once more, by itself. Where somebody nearer has the same address, that one
    /// answers, and who was meant can't be told from the path.
    @Test(arguments: names)
    func eachStatedPacketGoesWhereItIsExpectedTo(name: String) throws {
        let examination = try #require(examine(Self.source(name)).output)
        let asked = examination.plan.expectations.filter { $0.isStated && !$0.isControl && $0.answeredBy == nil }
        #expect(asked.contains { $0.isToReach })
        for expectation in asked {
            let path = try #require(
                examination.prediction.path(
                    from: expectation.source, sending: expectation.sender, to: expectation.address,
                    port: expectation.port?.asked))
            let packet = "\(expectation.source) to \(expectation.target) (\(expectation.address))"
            #expect(path.reaches == expectation.isToReach, "\(packet)")
        }
    }

    /// The first comment says whose lab it is like.
    @Test(arguments: names)
    func itsSourceIsNamed(name: String) throws {
        let lines = String(decoding: try Self.source(name).bytes, as: UTF8.self).split(separator: "\n")
        let comment = lines.prefix { $0.hasPrefix("#") }
        #expect((1...3).contains(comment.count))
        #expect(comment.contains { $0.hasPrefix("# Like ") })
        #expect(lines.dropFirst(comment.count).first == "topology: \(name)")
    }

    /// What the labs are there for: without one of these, some part of the language would be tried by no lab.
    @Test(arguments: [
        "kind: bridged", "kind: routed", "kind: gretap", "kind: vxlan", "type: gretap", "type: vxlan", " group: ",
        "remotes:", " loopback:", "onlink: true", "metric:", "link:", "vlan:", "tagged:", "vlan-filtering:", "vlans:",
        "nat:", "publish:", " gateway:", "routing: static", "groups:", "links:", "stp: true", "managed-by: existing",
        "docker: macvlan", " mac:", "mtu:", "..", "ping:", "no-ping:", "isolated:", "trace:", "tcp:", "encapsulated:",
        "<<: *",
    ])
    func someLabHas(words: String) throws {
        let texts = try Self.names.map { String(decoding: try Self.source($0).bytes, as: UTF8.self) }
        // Comments don't count.
        let written = texts.joined(separator: "\n").split(separator: "\n").map { $0.components(separatedBy: "#")[0] }
        #expect(written.contains { $0.contains(words) })
    }

    private static func source(_ name: String) throws -> SourceFile {
        let bytes = try Data(contentsOf: folder.appendingPathComponent("\(name).topo"))
        let lock = try? Data(contentsOf: folder.appendingPathComponent("\(name).topo.lock"))
        return SourceFile(path: "\(name).topo", bytes: Array(bytes), lock: lock.map { Array($0) })
    }
}
