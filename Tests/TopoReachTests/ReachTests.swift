import Foundation
import Testing
import TopoDiagnostics
import TopoDriver
import TopoForwarding
import TopoJSON
import TopoModel
import TopoPlan

@testable import TopoReach

@Suite struct ReachTests {
    /// A run is of one stem: `b2` does not go on from `a1`.
    @Test func aRunOfNamesHasOneStem() {
        let names = ["a1", "b2", "b3", "c", "b10", "b4"].map { NodeName(host: "h", container: $0) }
        #expect(NameRanges.text(names) == "h/a1, b2–b4, b10, c")
    }

    private static let topologies = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appendingPathComponent("../../topologies").standardizedFileURL

    private static func prediction(_ text: String) throws -> Prediction {
        let source = SourceFile(path: "reach.topo", bytes: Array(text.utf8))
        let outcome = examine(source, despiteErrors: true, sampling: false)
        return try #require(outcome.output, "\(render(outcome.diagnostics, of: source, style: .plain))").prediction
    }

    /// Of every topology that is there each pair is walked by itself, and must come to what its classes say.
    @Test func everyPairOfTheTopologiesIsAsTheMatrixSays() throws {
        let files = try FileManager.default.contentsOfDirectory(atPath: Self.topologies.path)
            .filter { $0.utf8.suffix(5).elementsEqual(".topo".utf8) }.sorted()
        #expect(files.count >= 4)
        for file in files {
            let text = try String(contentsOf: Self.topologies.appendingPathComponent(file), encoding: .utf8)
            let prediction = try Self.prediction(text)
            let matrix = try #require(reach(prediction))
            var finder = Pathfinder(prediction)
            var places: [Int: Int] = [:]
            for (number, members) in matrix.classes.enumerated() { members.forEach { places[$0] = number } }
            for family in matrix.matrices {
                for source in matrix.nodes.indices {
                    for target in matrix.nodes.indices where source != target {
                        let path = finder.path(from: source, to: target, family.family)
                        let alone = path.map { Answer($0, from: matrix.nodes[source], to: matrix.nodes[target]) }
                        let told = family.answer(
                            from: try #require(places[source]), to: try #require(places[target]))
                        #expect(told == alone, "\(file): \(matrix.nodes[source]) to \(matrix.nodes[target])")
                    }
                }
            }
        }
    }

    private static let routed = """
        topology: t
        runtime: netns
        lans: {lan: {subnet: 172.16.0.0/24}}
        hosts:
          h1:
            forwarding: true
            nics: {eth0: {lan: lan, address: 172.16.0.1/24}}
            bridges: {br0: {address: 10.1.0.1/24}}
            routes: [{to: 10.2.0.0/24, via: h2}]
            containers:
              c1: {bridge: br0, address: 10.1.0.11/24}
              c2: {bridge: br0, address: 10.1.0.12/24}
              c10: {bridge: br0, address: 10.1.0.20/24}
              x: {bridge: br0, address: 10.1.0.30/24, gateway: none}
          h2:
            forwarding: true
            nics: {eth0: {lan: lan, address: 172.16.0.2/24}}
            routes: [{to: 10.1.0.0/24, via: h1}]
            containers:
              c3: {p2p: 10.2.0.0/30}
              c4: {p2p: 10.2.0.4/30}

        """

    @Test func theTextFitsATerminalAndSaysWhyNot() throws {
        let matrix = try #require(reach(try Self.prediction(Self.routed)))
        #expect(
            matrix.text == """
                hosts and containers, those alike as one:
                  1  h1
                  2  h1/c1–c2, c10 (3)
                  3  h1/x
                  4  h2
                  5  h2/c3–c4 (2)

                IPv4: who asks is a row, who is asked a column

                    1 2 3 4 5
                  1 · 0 0 0 1
                  2 0 0 0 1 2
                  3 0 0 · a a
                  4 0 1 b · 0
                  5 1 2 b 0 1

                  0…  answered, over so many routers
                      requests of up to 1500 bytes pass whole, everywhere
                  a   the request is lost at who asks: no route
                  b   the answer is lost at who is asked: no route
                  ·   nobody to ask, or no address of this family

                6 of 56 pairs are not answered

                """)
    }

    /// Containers that differ in nothing but their port's VLAN are not alike.
    @Test func theVLANOfAPortIsOfWhatAContainerIs() throws {
        let names = [("a1", 10), ("a2", 10), ("b1", 20), ("b2", 20)].enumerated().map { number, container in
            "\(container.0): {bridge: br0, vlan: \(container.1), address: 10.0.0.\(number + 1)/24}"
        }
        let matrix = try #require(
            reach(
                try Self.prediction(
                    """
                    topology: t
                    runtime: netns
                    hosts:
                      h1:
                        bridges: {br0: {vlan-filtering: true}}
                        containers: {\(names.joined(separator: ", "))}
                    """)))
        let classes = matrix.classes.map { $0.map { "\(matrix.nodes[$0])" } }.filter { $0 != ["h1"] }
        try #require(classes == [["h1/a1", "h1/a2"], ["h1/b1", "h1/b2"]])
        let answers = matrix.matrices[0]
        func isAnswered(_ one: Int, _ other: Int) -> Bool {
            if case .answered? = answers.answer(from: one, to: other) { true } else { false }
        }
        #expect(isAnswered(1, 1) && isAnswered(2, 2) && !isAnswered(1, 2) && !isAnswered(2, 1))
    }

    @Test func theLinesOfAWideMatrixFit() throws {
        var text = "topology: t\nruntime: netns\nlans: {lan: {subnet: 172.16.0.0/24}}\nhosts:\n"
        for host in 1...60 {
            text += "  h\(host): {nics: {eth0: {lan: lan, address: 172.16.0.\(host)/24}}}\n"
        }
        let matrix = try #require(reach(try Self.prediction(text)))
        let lines = matrix.text.utf8.split(separator: UInt8(ascii: "\n"))
        #expect(lines.allSatisfy { Substring($0).unicodeScalars.count <= 80 })
        #expect(lines.count > 180, "three blocks")
        #expect(matrix.matrices[0].answers == [.answered(hops: 0, hopsBack: 0, mtu: 1500)])
    }

    @Test func everyPairIsARowWithItsOwnNames() throws {
        let matrix = try #require(reach(try Self.prediction(Self.routed)))
        var rows: [[String]] = []
        matrix.pairs({ $0 }) {
            rows.append($0)
            return true
        }
        #expect(rows.count == 56)
        #expect(rows.contains(["IPv4", "h1/x", "h2/c4", "10.2.0.6", "no", "", "", "", "request", "h1/x", "no route"]))
        #expect(rows.contains(["IPv4", "h2/c4", "h1/x", "10.1.0.30", "no", "", "", "", "answer", "h1/x", "no route"]))
        #expect(rows.contains(["IPv4", "h1/c10", "h2/c3", "10.2.0.2", "yes", "2", "2", "1500", "", "", ""]))
        #expect(matrix.rows.count == 22)
    }

    /// A host with an address in each of two subnets is asked by the one that is nearer to who asks.
    @Test func aPairsAddressIsTheOneThatItsAskerUses() throws {
        let text = """
            topology: t
            runtime: netns
            hosts:
              h1:
                forwarding: true
                bridges: {br0: {address: 10.1.0.1/24}, br1: {address: 10.2.0.1/24}}
                containers:
                  c1: {bridge: br0, address: 10.1.0.11/24}
                  c2: {bridge: br1, address: 10.2.0.11/24}

            """
        var asked: [String: String] = [:]
        try #require(reach(try Self.prediction(text))).pairs({ $0 }) { row in
            if row[2] == "h1" { asked[row[1]] = row[3] }
            return true
        }
        #expect(asked == ["h1/c1": "10.1.0.1", "h1/c2": "10.2.0.1"])
    }

    @Test func theJSONHasEachAnswerOnce() throws {
        let matrix = try #require(reach(try Self.prediction(Self.routed)))
        let object = try JSONSerialization.jsonObject(with: Data(matrix.document(name: "t").text.utf8))
        let document = try #require(object as? [String: Any])
        let classes = try #require(document["classes"] as? [[String: Any]])
        #expect(classes[1]["members"] as? [String] == ["h1/c1", "h1/c2", "h1/c10"])
        let family = try #require((document["families"] as? [[String: Any]])?.first)
        let rows = try #require(family["matrix"] as? [[Int]])
        let answers = try #require(family["answers"] as? [[String: Any]])
        #expect(rows[0][0] == -1)
        #expect(answers[rows[2][4]]["reason"] as? String == "no route")
        #expect(answers[rows[1][4]]["hops"] as? Int == 2)
        #expect(answers.count == 5)
    }
}
