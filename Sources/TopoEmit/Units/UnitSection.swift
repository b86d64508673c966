internal import TopoText

/// A section of a file of systemd's: `[Network]` and what stands below it.
public struct UnitSection: Sendable, Hashable {
    /// Its name, without brackets.
    public let name: String
    /// Its lines: a comment, or a key with its value.
    public private(set) var lines: [String] = []

    /// Makes a section without lines.
    public init(_ name: StaticString) { self.name = "\(name)" }

    /// Makes a section of keys and values.
    public init(_ name: StaticString, _ entries: [(key: StaticString, value: UnitValue)]) {
        self.init(name)
        for entry in entries { add(entry.key, entry.value) }
    }

    /// Whether there is nothing in it.
    public var isEmpty: Bool { lines.isEmpty }

    /// Adds a key with its value.
    public mutating func add(_ key: StaticString, _ value: UnitValue) { lines.append("\(key)=\(value)") }

    /// Adds a key, where there is a value.
    public mutating func add(_ key: StaticString, _ value: UnitValue?) {
        if let value { add(key, value) }
    }

    /// Adds a line for the reader.
    public mutating func comment(_ text: String) { lines.append("# " + shellComment(text)) }
}
