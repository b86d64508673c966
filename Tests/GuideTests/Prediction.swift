import Foundation

/// What a committed `topology.json` says of the way from one container to another.
struct Prediction: Decodable {
    struct Hop: Decodable {
        let addresses: [String]
    }

    /// A topology that says nothing of it.
    struct Missing: Error {}

    let from: String
    let to: String
    let address: String
    let hops: [Hop]
    let mtu: Int

    /// The way from `c1` on `host1` to `c3` on `host2`.
    static func fromC1ToC3(_ topology: String) throws -> Prediction {
        let file = Project.root.appendingPathComponent("out/\(topology)/topology.json")
        let all = try JSONDecoder().decode(Lenient.self, from: Data(contentsOf: file)).expectations
        guard let way = all.compactMap(\.value).first(where: { $0.from == "host1/c1" && $0.to == "host2/c3" }) else {
            throw Missing()
        }
        return way
    }

    /// Ways that do not exist have no hops and no MTU.
    private struct Lenient: Decodable {
        struct Way: Decodable {
            let value: Prediction?

            init(from decoder: any Decoder) { value = try? Prediction(from: decoder) }
        }

        let expectations: [Way]
    }
}
