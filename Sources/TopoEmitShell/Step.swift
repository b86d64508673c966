/// A change of a host: how to see that it is made, what to write down before, and the commands that make it.
struct Step {
    /// The words of a test that succeeds where the change is made already; nil where the commands find out themselves.
    let test: [String]?
    /// A call that makes the change in another way, where it can; else the commands do.
    let alternative: [String]?
    /// What is done first, a line each: `keep_…` and `undo …`, and calls that see themselves to whether there is a change.
    let first: [[String]]
    /// The commands that make the change.
    let commands: [[String]]
    /// Whether the network is there without it: `plain.sh` leaves it out.
    let isBeside: Bool

    init(
        unless test: [String]?, or alternative: [String]? = nil, first: [[String]] = [], run commands: [[String]],
        isBeside: Bool = false
    ) {
        self.isBeside = isBeside
        self.test = test
        self.alternative = alternative
        self.first = first
        self.commands = commands
    }

    /// A step of one command.
    init(unless test: [String]?, first: [[String]] = [], run command: [String]) {
        self.init(unless: test, first: first, run: [command])
    }

    /// A step of one command with one undo.
    init(unless test: [String], undo: [String], run command: [String]) {
        self.init(unless: test, first: [["undo"] + undo], run: [command])
    }
}

/// A part of a script with a purpose of its own.
struct Section {
    /// What it is about, as in `bridge lxdbr0`.
    let title: String
    /// What it is for, a line each.
    let comments: [String]
    /// Its changes, in order.
    let steps: [Step]
}
