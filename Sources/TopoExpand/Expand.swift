public import TopoDiagnostics
internal import TopoLower
public import TopoSyntax

/// A file's values with all that is short in them written out.
public struct Expansion: Sendable, Hashable {
    /// The values, with plain names and addresses alone.
    public let tree: Node
    /// The lock of the automatic addresses as it is to be; nil where there are none.
    public let lock: [UInt8]?
}

/// Writes out what is short in a file: `c1..c20` becomes twenty elements, each with the same value, and `address: auto` an
/// address.
///
/// Each value keeps the place of what it came from. Of one place that has several copies, those after the first lie whole
/// lengths of the file further on, in the order in which they would stand if they were written out:
/// ``TopoDiagnostics/SourceFile/written(_:)`` leads back. So no two elements share a place, as in a file without ranges.
/// - Returns: the values, and what is wrong. A part that could not be written out is not among them.
public func expand(_ tree: Node, of source: SourceFile) -> Outcome<Expansion> {
    var expander = Expander()
    var plain = source.has("..") ? expander.value(tree, as: .mapping(.topology), host: nil).node : tree
    var diagnostics = expander.diagnostics
    var lock: [UInt8]?
    if source.has("links") {
        var links = LinkWriter()
        plain = links.written(plain)
        diagnostics += links.diagnostics
    }
    var networks = writtenNetworks(of: plain)
    let members = NetworkMembers(of: networks, in: plain)
    if !networks.isEmpty || plain["groups"] != nil {
        var sets = SetWriter(of: plain, networks, members)
        plain = sets.written(plain)
        diagnostics += sets.diagnostics
    }
    if !networks.isEmpty || source.has("auto") {
        let known = knownLock(of: source)
        let numbers = NetworkNumbers(networks, lock: known.lock ?? .empty)
        networks = numbers.networks
        var slices = NetworkSlices(lock: known.lock ?? .empty)
        networks = networks.map { slices.sliced($0, members[$0], in: plain) }
        plain = plain.withRouterBridges(of: networks, members)
        var automatic = AutomaticAddresses(
            plain, networks: networks, slices: slices.given, lock: known.lock ?? .empty)
        plain = automatic.given(to: plain)
        lock = automatic.newLock(numbers)?.bytes
        if let fault = known.fault, lock != nil {
            // What is not known to be locked is no finding of its own.
            diagnostics.append(fault)
        } else {
            diagnostics += slices.diagnostics + automatic.diagnostics
            // All that is chosen is locked at once, so one finding is enough.
            if !automatic.diagnostics.contains(where: { $0.code == .notLocked }) {
                diagnostics += [numbers.notLocked].compactMap { $0 }
            }
        }
    }
    if !networks.isEmpty {
        var writer = NetworkWriter(networks, members, of: plain)
        plain = writer.written()
        diagnostics += writer.diagnostics
    }
    var placing = Placing(lengthOfFile: source.lengthWithEnd)
    return Outcome(Expansion(tree: placing.placed(plain), lock: lock), diagnostics)
}

/// The networks of a file that say all that they must.
private func writtenNetworks(of tree: Node) -> [WrittenNetwork] {
    let lans = tree["lans"]?.entries.map(\.key) ?? []
    return tree["networks"]?.entries.compactMap { WrittenNetwork($0, of: tree["topology"]?.word ?? "", lans: lans) }
        ?? []
}

/// The lock beside a file; an empty one where there is none, and nil with a finding where it cannot be read.
private func knownLock(of source: SourceFile) -> (lock: AddressLock?, fault: Diagnostic?) {
    guard let bytes = source.lock else { return (.empty, nil) }
    do throws(AddressLock.Fault) {
        return (try AddressLock(bytes), nil)
    } catch {
        let fault = Diagnostic(
            .unreadableLock, "the topology's lock \(error.reason)", at: .init(Span(0, 0)),
            notes: ["it stores the automatic addresses: without it they could change"],
            help: ["resolve the merge by keeping every line of both branches, or restore the lock from the last commit"]
        )
        return (nil, fault)
    }
}

extension SourceFile {
    /// False where a text is nowhere in the file, as in most.
    fileprivate func has(_ text: StaticString) -> Bool {
        text.withUTF8Buffer { text in
            bytes.withUnsafeBufferPointer { bytes in
                guard bytes.count >= text.count else { return false }
                return (0...(bytes.count - text.count)).contains { start in
                    bytes[start] == text[0] && bytes[start..<(start + text.count)].elementsEqual(text)
                }
            }
        }
    }
}
