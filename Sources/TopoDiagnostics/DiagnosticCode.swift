/// The kinds of findings. A code, once released, keeps its meaning; each has a page in `docs/diagnostics/`.
///
/// T01 is the YAML of the file, T02 its keys and names, T03 addressing, T04 layer 2, T05 layer 3, T06 MTUs, T07 the checks.
public enum DiagnosticCode: String, Sendable, Hashable, CaseIterable {
    case notUTF8 = "T0101"
    case invalidYAML = "T0102"
    case emptyFile = "T0103"
    case secondDocument = "T0104"
    case duplicateKey = "T0105"
    case expansionTooLarge = "T0106"
    case nestingTooDeep = "T0107"
    case fileTooLarge = "T0108"
    case unknownAlias = "T0109"
    case invalidMergeKey = "T0110"
    case tabIndentation = "T0111"
    case unsupportedYAML = "T0112"

    case unknownKey = "T0201"
    case missingKey = "T0202"
    case wrongType = "T0203"
    case invalidValue = "T0204"
    case conflictingKeys = "T0205"
    case unknownName = "T0210"
    case ambiguousName = "T0211"
    case unusedName = "T0212"
    case nameTooLong = "T0213"
    case invalidName = "T0214"
    case reservedName = "T0215"
    case nameRefusedByRuntime = "T0216"
    case duplicateName = "T0217"
    case invalidRange = "T0218"
    case misplacedRange = "T0219"
    case networkWithoutLAN = "T0220"
    case networkTooSmall = "T0221"
    case subnetTwice = "T0222"
    case addressOfNobody = "T0223"
    case machineTwice = "T0224"

    case invalidAddress = "T0301"
    case subnetsOverlap = "T0302"
    case duplicateAddress = "T0303"
    case networkOrBroadcastAddress = "T0304"
    case pointToPointPrefix = "T0305"
    case pointToPointEndsDiffer = "T0306"
    case noSharedSubnet = "T0307"
    case addressOutsideSubnet = "T0308"
    case unassignableAddress = "T0309"
    case duplicateMAC = "T0310"
    case localNetwork = "T0311"
    case subnetNotJoined = "T0312"
    case severalSubnets = "T0313"
    case overlayHoldsUnderlay = "T0314"
    case subnetTooSmall = "T0315"
    case noAutomaticAddress = "T0316"
    case unreadableLock = "T0317"
    case notLocked = "T0318"
    case addressRenumbered = "T0319"
    case cannotAnnounce = "T0320"

    case layer2Loop = "T0401"
    case tunnelEndsDiffer = "T0402"
    case portWithAddress = "T0403"
    case tunnelNotUnique = "T0404"
    case groupNotPrivate = "T0405"
    case tooManyGroups = "T0406"
    case tooManyPorts = "T0407"
    case loneHost = "T0408"
    case notInDocker = "T0409"
    case hostApart = "T0410"
    case nicWithoutLAN = "T0411"
    case tunnelsTooDeep = "T0412"
    case framesDropped = "T0413"
    case vlanWithoutFiltering = "T0414"
    case vlanTwice = "T0415"
    case nativeVLANsDiffer = "T0416"
    case vlanLeadsNowhere = "T0417"

    case mustForward = "T0501"
    case nextHopNotConnected = "T0502"
    case noRoute = "T0503"
    case routingLoop = "T0504"
    case defaultRoutesMeet = "T0505"
    case tunnelThroughItself = "T0506"
    case waysDiffer = "T0507"
    case noAddressOnBridge = "T0508"
    case routeTwice = "T0509"
    case ownSubnetReplaced = "T0510"
    case natNeverApplies = "T0511"
    case portPublishedTwice = "T0512"
    case tunnelTranslated = "T0513"

    case mtuTooLarge = "T0601"
    case mtuTooSmallForIPv6 = "T0602"
    case mtusDiffer = "T0603"
    case mtuTooSmallForDevice = "T0604"

    case checkCannotHold = "T0701"

    /// How bad a finding of this kind is, unless the place says otherwise.
    public var severity: Diagnostic.Severity {
        switch self {
        case .unusedName, .localNetwork, .subnetNotJoined, .severalSubnets, .overlayHoldsUnderlay, .groupNotPrivate,
            .loneHost, .hostApart, .defaultRoutesMeet, .waysDiffer, .noAddressOnBridge, .tunnelsTooDeep,
            .notLocked, .addressRenumbered, .subnetTwice, .nativeVLANsDiffer,
            .vlanLeadsNowhere:
            .warning
        case .notUTF8, .invalidYAML, .emptyFile, .secondDocument, .duplicateKey, .expansionTooLarge, .nestingTooDeep,
            .fileTooLarge, .unknownAlias, .invalidMergeKey, .tabIndentation, .unsupportedYAML, .unknownKey,
            .missingKey, .wrongType, .invalidValue, .conflictingKeys, .unknownName, .ambiguousName, .nameTooLong,
            .invalidName, .reservedName, .nameRefusedByRuntime, .duplicateName, .invalidRange, .misplacedRange,
            .networkWithoutLAN, .networkTooSmall,
            .invalidAddress,
            .subnetsOverlap,
            .duplicateAddress, .networkOrBroadcastAddress, .pointToPointPrefix, .pointToPointEndsDiffer,
            .noSharedSubnet, .addressOutsideSubnet, .unassignableAddress, .duplicateMAC, .subnetTooSmall,
            .noAutomaticAddress, .unreadableLock, .addressOfNobody, .machineTwice, .cannotAnnounce,
            .mtuTooLarge,
            .mtuTooSmallForIPv6, .mtusDiffer, .mtuTooSmallForDevice, .layer2Loop, .tunnelEndsDiffer,
            .portWithAddress, .nicWithoutLAN,
            .framesDropped, .vlanWithoutFiltering, .vlanTwice, .tunnelNotUnique, .tooManyGroups, .tooManyPorts,
            .notInDocker,
            .mustForward,
            .nextHopNotConnected,
            .noRoute, .routingLoop, .tunnelThroughItself, .routeTwice, .ownSubnetReplaced,
            .natNeverApplies, .portPublishedTwice, .tunnelTranslated,
            .checkCannotHold:
            .error
        }
    }
}
