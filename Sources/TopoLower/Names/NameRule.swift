/// What the names of a kind of element may be, as far as a pattern can say it: for a schema. Some names that it lets
/// through are refused for another reason, such as a container's by its runtime.
public struct NameRule: Sendable, Hashable {
    /// A regular expression (ECMA-262 and Python) that every name matches.
    public let pattern: String
    /// The most characters.
    public let longest: Int
    /// Names that are taken.
    public let reserved: [String]
}

extension ElementKind {
    /// What the names of elements of this kind may be; nil for a kind whose elements have no names.
    public var nameRule: NameRule? {
        switch self {
        case .topology: NameRule(pattern: NamePattern.folder.expression, longest: 63, reserved: [])
        case .host:
            NameRule(pattern: NamePattern.folder.expression, longest: 63, reserved: reservedFolders.sorted())
        case .lan: NameRule(pattern: NamePattern.device.expression, longest: 63, reserved: [])
        case .nic, .bridge, .tunnel, .interface:
            NameRule(
                pattern: NamePattern.device.expression, longest: 15,
                reserved: kernelDevices.sorted() + namesOfAllInterfaces)
        case .container: NameRule(pattern: NamePattern.device.expression, longest: 255, reserved: [])
        case .virtualBox, .pointToPoint, .route, .check, .encapsulation: nil
        }
    }
}
