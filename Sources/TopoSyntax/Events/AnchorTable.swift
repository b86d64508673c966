import TopoDiagnostics

/// The anchors met so far, with what they stand for.
struct AnchorTable {
    /// An `&name`.
    struct Name: Hashable {
        /// The name, without the `&`.
        let text: String
        /// The bytes of `&name`.
        let span: Span
    }

    /// What an anchor stands for.
    struct Value {
        /// The value itself; copies share its storage.
        let node: Node
        /// The number of values it is, its aliases replaced.
        let values: Int
        /// The number of collections inside each other.
        let height: Int
    }

    /// What is known of an anchor.
    enum State {
        /// Its value has not ended.
        case open
        /// Its value.
        case known(Value)
    }

    private var states = [String: (name: Name, state: State)]()
    /// The anchors' names in the order of the file.
    private(set) var names = [String]()

    /// Notes an anchor. As YAML has it, a name used twice stands for the later value from there on.
    mutating func begin(_ name: Name) {
        if states.updateValue((name, .open), forKey: name.text) == nil { names.append(name.text) }
    }

    /// Notes an anchor's value, unless the name has been used again inside of it.
    mutating func end(_ name: Name, with value: Value) {
        guard states[name.text]?.name == name else { return }
        states[name.text] = (name, .known(value))
    }

    /// What a name stands for at this point of the file.
    func lookUp(_ name: String) -> (name: Name, state: State)? { states[name] }
}
