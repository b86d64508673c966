import Foundation
import RandomTopologies

/// `Silence COUNT FIRST`: judges so many topologies, two at a time, and says what came of it. `Silence FIRST` writes one.
/// With `vlans` or `nat` as the last word they have these.
@main struct Main {
    static func main() async {
        let numbers = CommandLine.arguments.dropFirst().compactMap { Int($0) }
        let rates: RandomTopology.Rates =
            switch CommandLine.arguments.last {
            case "vlans": .tagged
            case "nat": .outside
            default: .init()
            }
        if numbers.count == 1 {
            let drawn = RandomTopology.drawn(seed: numbers[0], rates: rates)
            print("# \(drawn.slips.isEmpty ? ["no slip"] : drawn.slips)\n\(drawn.draft.text)", terminator: "")
            return
        }
        guard numbers.count == 2 else { exit(2) }
        let (count, first) = (numbers[0], numbers[1])
        let size = 250
        let starts = Array(stride(from: first, to: first + count, by: size))
        let tally = await withTaskGroup(of: Tally.self) { group in
            var next = 0
            func add() {
                guard next < starts.count else { return }
                let start = starts[next]
                next += 1
                group.addTask { Tally(seeds: start..<min(start + size, first + count), rates: rates) }
            }
            for _ in 0..<2 { add() }
            var all = Tally(seeds: 0..<0)
            for await part in group {
                all.add(part)
                add()
            }
            return all
        }
        print(tally.report)
        exit(tally.found.isEmpty ? 0 : 1)
    }
}
