internal import TopoText

/// A change of a host: how to see that it is made, what to write down before, and the commands that make it.
struct Step {
    /// The words of a test that succeeds where the change is made already; nil where the commands find out themselves.
    let test: [String]?
    /// A call that makes the change in another way, where it can; else the commands do.
    let alternative: [String]?
    /// What is done first, a line each: `keep_…`, `undo …` and `note …`, and calls that see themselves to whether there is
    /// a change.
    let first: [[String]]
    /// What undoes the first command; the journal ties the two together, so that a later `up.sh`, whose command is another,
    /// undoes this one first.
    let undo: [String]?
    /// The commands that make the change.
    let commands: [[String]]
    /// Whether the network is there without it: `plain.sh` leaves it out.
    let isBeside: Bool

    init(
        unless test: [String]?, or alternative: [String]? = nil, first: [[String]] = [], undo: [String]? = nil,
        run commands: [[String]], isBeside: Bool = false
    ) {
        self.isBeside = isBeside
        self.test = test
        self.alternative = alternative
        self.first = first
        self.undo = undo
        self.commands = commands
    }

    /// A step of one command.
    init(unless test: [String]?, first: [[String]] = [], undo: [String]? = nil, run command: [String]) {
        self.init(unless: test, first: first, undo: undo, run: [command])
    }

    /// A step that only puts right what an edit, or somebody by hand, has left: it sees itself to whether there is a change.
    init(settling call: [String], unless test: [String]? = nil) {
        self.init(unless: test, first: [call], run: [] as [[String]], isBeside: true)
    }

    /// A step that only writes down an undo, whether there is a change or not, of what outlives a reboot or is another's too.
    init(noting undo: [String], of words: [String] = []) {
        self.init(unless: nil, first: [["note", shellLine(undo)] + words], run: [] as [[String]])
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
