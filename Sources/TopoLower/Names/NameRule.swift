/// What the names of a kind of element may be, as far as a pattern can say it: for a schema. Some names that it lets
/// through are refused for another reason, such as a container's by its runtime.
public struct NameRule: Sendable, Hashable {
    /// A regular expression (ECMA-262 and Python) that every name matches.
    public let pattern: String
    /// A regular expression that every range of such names matches, `c1..c20`.
    public let rangePattern: String
    /// The most characters.
    public let longest: Int
    /// Names that are taken.
    public let reserved: [String]

    /// Makes the rule of names that a pattern describes.
    init(_ names: NamePattern, longest: Int, reserved: [String] = []) {
        pattern = names.expression
        rangePattern = names.rangeExpression
        self.longest = longest
        self.reserved = reserved
    }
}

extension ElementKind {
    /// What the names of elements of this kind may be; nil for a kind whose elements have no names.
    public var nameRule: NameRule? {
        switch self {
        case .topology: NameRule(.folder, longest: 63)
        case .host: NameRule(.folder, longest: 63, reserved: reservedFolders.union(inventoryGroups).sorted())
        case .lan, .network: NameRule(.device, longest: 63)
        case .nic, .bridge, .tunnel, .vlan, .bridgePort, .interface:
            NameRule(.device, longest: 15, reserved: kernelDevices.sorted() + namesOfAllInterfaces)
        case .container: NameRule(.device, longest: 255)
        case .virtualBox, .pointToPoint, .route, .natRule, .publishedPort, .sshAccess, .check, .encapsulation: nil
        }
    }
}
