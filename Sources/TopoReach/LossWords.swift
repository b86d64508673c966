extension Answer.Loss {
    /// Where it ends, for two members of the classes.
    /// - Parameters:
    ///   - source: the name of who asks.
    ///   - target: the name of who is asked.
    public func node(from source: String, to target: String) -> String {
        switch place {
        case .source: source
        case .target: target
        case .node(let name): name
        }
    }

    /// What is lost, where and why, in one line; lower case, without a full stop.
    public var words: String {
        "the \(isBack ? "answer" : "request") is lost at \(node(from: "who asks", to: "who is asked")): \(reason)"
    }
}

extension Reachability {
    /// How many pairs of hosts and containers are not answered, of how many that have addresses of the family.
    public func count(_ matrix: Matrix) -> (lost: Int, all: Int) {
        var counts = (lost: 0, all: 0)
        for source in classes.indices {
            for target in classes.indices {
                let pairs = classes[source].count * (classes[target].count - (source == target ? 1 : 0))
                switch matrix.answer(from: source, to: target) {
                case nil: break
                case .answered: counts.all += pairs
                case .lost:
                    counts.all += pairs
                    counts.lost += pairs
                }
            }
        }
        return counts
    }
}
