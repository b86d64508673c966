import TopoModel

/// Finds the best ways from one router to all subnets, router by router.
struct RouterSearch {
    /// How good a way is: the less the better.
    private struct Cost: Comparable {
        /// The numbers of the subnets that are crossed, added up.
        var numbers = 0
        /// Other numbers of the same subnets, which differ where those are equal.
        var marks = 0

        static func < (left: Cost, right: Cost) -> Bool {
            left.numbers == right.numbers ? left.marks < right.marks : left.numbers < right.numbers
        }
    }

    private let map: RouterMap
    private let marks: [Int]
    /// What is known of each subnet and router in this round.
    private var subnets: [Reached]
    private var routers: [Reached]
    private var round = 0

    /// How something was reached.
    private struct Reached {
        var round = 0
        /// How many routers are on the way.
        var level = 0
        var cost = Cost()
        /// The first router on the way; nil for the source's own.
        var next: IPAddress?
        /// What is before it on the way: of a subnet the router, of a router the subnet.
        var before = -1
    }

    init(_ map: RouterMap) {
        self.map = map
        marks = map.subnets.indices.map { RouterSearch.mark($0) }
        subnets = map.subnets.map { _ in Reached() }
        routers = map.routers.map { _ in Reached() }
    }

    /// A number of 40 bits for a subnet (SplitMix64's step), so that thousands of them can be added.
    private static func mark(_ number: Int) -> Int {
        var bits = UInt64(truncatingIfNeeded: number &+ 1) &* 0x9E37_79B9_7F4A_7C15
        bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
        bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
        return Int((bits ^ (bits >> 31)) >> 24)
    }

    /// The routes of a router, but for the destinations that it has written ones to.
    mutating func ways(from source: Int, without written: Set<Prefix>) -> [StaticRoutes.Way] {
        round += 1
        for family in AddressFamily.allCases where map.isOn(source, family) { reach(from: source, family) }
        var ways: [StaticRoutes.Way] = []
        for (place, subnet) in map.subnets.enumerated() where subnet.isGoal && subnets[place].round == round {
            guard let next = subnets[place].next, !written.contains(subnet.prefix), !isHidden(place, from: source)
            else { continue }
            ways.append(.init(to: subnet.prefix, via: next))
        }
        for whole in map.wholes where whole.router != source && !written.contains(whole.prefix) {
            guard let next = next(to: whole.router, whole.prefix.family) else { continue }
            ways.append(.init(to: whole.prefix, via: next))
        }
        return ways
    }

    /// Whether a router on the way to a subnet gives what comes from there another source.
    private func isHidden(_ goal: Int, from source: Int) -> Bool {
        guard !map.hiding.isEmpty else { return false }
        var router = subnets[goal].before
        while router != source {
            let place = routers[router].before
            if map.hides(goal, behind: router, from: place) { return true }
            router = subnets[place].before
        }
        return false
    }

    /// The next router on the way to a router: the router itself on a subnet of the source's, else by the best way to one of its
    /// own.
    private func next(to router: Int, _ family: AddressFamily) -> IPAddress? {
        let own = map.subnetsOfRouter[router].filter {
            map.subnets[$0].prefix.family == family && subnets[$0].round == round
        }
        if let near = own.first(where: { subnets[$0].next == nil }) {
            return map.subnets[near].attachments.first { $0.router == router }?.address
        }
        return own.min { one, other in
            (subnets[one].level, subnets[one].cost) < (subnets[other].level, subnets[other].cost)
        }.flatMap { subnets[$0].next }
    }

    /// Reaches, level by level, all subnets of a family and the routers on them.
    private mutating func reach(from source: Int, _ family: AddressFamily) {
        // What another family has reached is another way.
        let begin = round * 2 + (family == AddressFamily.allCases.first ? 0 : 1)
        routers[source] = Reached(round: begin, level: 0)
        var last = [source]
        var level = 0
        while !last.isEmpty {
            let crossed = subnets(of: last, level, family)
            level += 1
            var found: [Int] = []
            for place in crossed {
                for attachment in map.subnets[place].attachments {
                    let router = attachment.router
                    let cost = subnets[place].cost
                    if routers[router].round != begin {
                        found.append(router)
                    } else if routers[router].level < level || routers[router].cost <= cost {
                        continue
                    }
                    routers[router] = Reached(
                        round: begin, level: level, cost: cost, next: subnets[place].next ?? attachment.address,
                        before: place)
                }
            }
            last = found
        }
    }

    /// The subnets that routers of one level are on and none before.
    private mutating func subnets(of last: [Int], _ level: Int, _ family: AddressFamily) -> [Int] {
        var crossed: [Int] = []
        for router in last {
            for place in map.subnetsOfRouter[router] where map.subnets[place].prefix.family == family {
                let before = routers[router].cost
                let cost = Cost(numbers: before.numbers + place, marks: before.marks + marks[place])
                if subnets[place].round != round {
                    crossed.append(place)
                } else if subnets[place].level < level || subnets[place].cost <= cost {
                    continue
                }
                subnets[place] = Reached(
                    round: round, level: level, cost: cost, next: routers[router].next, before: router)
            }
        }
        return crossed
    }
}
