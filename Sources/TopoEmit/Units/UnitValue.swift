public import TopoModel

/// A value in a file of systemd's: made of something typed, so that no text of a topology can be more than a value.
///
/// In systemd.syntax(7) a value ends with its line, blanks around it are dropped, and a backslash before the line's end goes
/// on with the next line. None of that is in a value made here.
public struct UnitValue: Sendable, Hashable, CustomStringConvertible {
    /// As it stands after `=`.
    public let description: String

    private init(_ text: String) { description = text }

    /// A word of systemd's own, as in `bridge`; not for what comes from a topology.
    public static func word(_ word: StaticString) -> UnitValue { UnitValue("\(word)") }

    /// `yes` or `no`.
    public static func flag(_ isOn: Bool) -> UnitValue { UnitValue(isOn ? "yes" : "no") }

    /// A number, in decimal digits.
    public static func number(_ number: some BinaryInteger) -> UnitValue { UnitValue("\(number)") }

    /// A range of numbers, or one.
    public static func range(_ range: ClosedRange<Int>) -> UnitValue {
        UnitValue(range.count == 1 ? "\(range.lowerBound)" : "\(range.lowerBound)-\(range.upperBound)")
    }

    /// An IP address.
    public static func address(_ address: IPAddress) -> UnitValue { UnitValue("\(address)") }

    /// A next hop of several, with its interface where there is one.
    public static func hop(_ address: IPAddress, on interface: UnitInterface?) -> UnitValue {
        UnitValue("\(address)" + (interface.map { "@\($0.name)" } ?? ""))
    }

    /// An address with the length of its prefix.
    public static func address(_ address: InterfaceAddress) -> UnitValue { UnitValue("\(address)") }

    /// A prefix.
    public static func prefix(_ prefix: Prefix) -> UnitValue { UnitValue("\(prefix)") }

    /// A MAC address.
    public static func mac(_ mac: MACAddress) -> UnitValue { UnitValue("\(mac)") }

    /// An interface's name.
    public static func interface(_ name: UnitInterface) -> UnitValue { UnitValue(name.name) }

    /// An interface's name where systemd reads a list of glob(7) patterns: it matches that name alone.
    public static func pattern(_ name: UnitInterface) -> UnitValue { UnitValue(name.pattern) }
}
