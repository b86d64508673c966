import TopoDiagnostics
import TopoModel

extension Lowering {
    /// Whether a host has a NIC, bridge or tunnel of this name and of one of these kinds; a finding says so where not.
    mutating func isDevice(_ name: Located<String>, _ kinds: [ElementKind], of host: HostNames) -> Bool {
        if let device = host.device(name.value) {
            if kinds.contains(device.kind) { return true }
            addWrongKind(name, device.kind, device.name, wanted: kinds)
            return false
        }
        if let container = host.container(name.value) {
            addWrongKind(name, .container, container, wanted: kinds)
        } else if let lan = directory.lan(name.value) {
            addWrongKind(name, .lan, lan, wanted: kinds)
        } else if let other = directory.host(name.value) {
            addWrongKind(name, .host, other.host, wanted: kinds)
        } else if !host.isBroken {
            addUnknown(
                name, kinds, among: { _ in host.devices.filter { kinds.contains($0.kind) }.map(\.name.value) },
                of: host.devices.count, in: host.host.value)
        }
        return false
    }

    /// Whether there is a LAN of this name; a finding says so where not.
    mutating func isLAN(_ name: Located<String>) -> Bool {
        if directory.lan(name.value) != nil { return true }
        if let host = directory.host(name.value) {
            addWrongKind(name, .host, host.host, wanted: [.lan])
        } else if !directory.isBroken {
            addUnknown(name, [.lan], among: { $0.lans.map(\.value) }, of: directory.lans.count, in: nil)
        }
        return false
    }

    /// The host of this name; a finding says so where there is none.
    mutating func host(_ name: Located<String>) -> HostNames? {
        if let host = directory.host(name.value) { return host }
        if let container = node(ofContainer: name.value), let place = directory.place(of: container) {
            addWrongKind(name, .container, Located(name.value, at: place), wanted: [.host])
        } else if let lan = directory.lan(name.value) {
            addWrongKind(name, .lan, lan, wanted: [.host])
        } else if !directory.isBroken {
            addUnknown(
                name, [.host], among: { $0.hosts.map(\.host.value) }, of: directory.hosts.count, in: nil)
        }
        return nil
    }

    /// The host or container of this name; a finding says so where there is none, or more than one.
    ///
    /// A host's own name means the host, also where a container has the same one.
    mutating func node(_ name: Located<String>) -> NodeName? {
        if directory.host(name.value) != nil { return NodeName(host: name.value) }
        if let (host, container) = hostAndContainer(name.value) {
            return containerNode(name, host: host, container: container)
        }
        let choices = directory.containers(name.value)
        if choices.count == 1 { return choices[0] }
        if choices.count > 1 {
            addAmbiguous(name, "\(choices.count) hosts have a container of this name", choices, "is here")
        } else if let lan = directory.lan(name.value) {
            addWrongKind(name, .lan, lan, wanted: [.container, .host])
        } else if networks.contains(where: { NameKey($0.value) == NameKey(name.value) }) {
            // It would have been written out, were nothing wrong with it.
        } else if let device = deviceAnywhere(name.value) {
            addWrongKind(name, device.kind, device.name, wanted: [.container, .host])
        } else if !directory.isBroken {
            addUnknown(
                name, [.container, .host], among: { $0.endpoints }, of: directory.endpointCount, in: nil)
        }
        return nil
    }

    /// Says that a name or an address is that of several.
    /// - Parameters:
    ///   - reason: how many have it.
    ///   - verb: what each of them does, after its name.
    mutating func addAmbiguous(_ name: Located<String>, _ reason: String, _ choices: [NodeName], _ verb: String) {
        findings.add(
            .ambiguousName, "\"\(name.value)\" is ambiguous: \(reason)", at: name.span, "which one?",
            and: choices.prefix(4).compactMap { choice in
                directory.place(of: choice).map { .init($0, "\"\(choice.text)\" \(verb)") }
            }, help: ["write \(choices.prefix(12).map { "\"\($0.text)\"" }.joinedByOr)"])
    }

    /// The container `HOST/CONTAINER`; a finding says so where there is none.
    private mutating func containerNode(_ name: Located<String>, host: String, container: String) -> NodeName? {
        guard let names = directory.host(host) else {
            if !directory.isBroken {
                addUnknown(
                    name, [.host], called: host, among: { $0.hosts.map(\.host.value) }, of: directory.hosts.count,
                    in: nil)
            }
            return nil
        }
        if names.container(container) != nil { return NodeName(host: host, container: container) }
        if let device = names.device(container) {
            addWrongKind(name, device.kind, device.name, wanted: [.container])
        } else if !names.isBroken {
            addUnknown(
                name, [.container], called: container, among: { _ in names.containers.map(\.value) },
                of: names.containers.count, in: host)
        }
        return nil
    }

    private func node(ofContainer name: String) -> NodeName? {
        guard let (host, container) = hostAndContainer(name) else { return directory.containers(name).first }
        let node = NodeName(host: host, container: container)
        return directory.place(of: node) == nil ? nil : node
    }

    private func deviceAnywhere(_ name: String) -> HostNames.Declared? {
        guard findings.isOpen else { return nil }
        for host in directory.hosts {
            if let device = host.device(name) { return device }
        }
        return nil
    }

    /// Says that a name is that of another kind of element.
    mutating func addWrongKind(
        _ name: Located<String>, _ kind: ElementKind, _ declared: Located<String>, wanted: [ElementKind]
    ) {
        guard !findings.hasUnknownKeys(declared.span) else { return }
        findings.add(
            .unknownName, "\"\(name.value)\" is \(kind.withArticle), not \(wanted.map(\.withArticle).joinedByOr)",
            at: name.span, "must be the name of \(wanted.map(\.withArticle).joinedByOr)",
            and: [.init(declared.span, "\(kind.rawValue) \"\(declared.value)\" is here")])
    }

    /// Says that a name is unknown, with the nearest that there is or, failing that, with all of them.
    /// - Parameters:
    ///   - all: the names that could be meant; not asked for where there is no time left to compare them.
    ///   - total: how many there are, or more.
    mutating func addUnknown(
        _ name: Located<String>, _ kinds: [ElementKind], called part: String? = nil,
        among all: (Directory) -> [String],
        of total: Int, in owner: String?
    ) {
        let called = part ?? name.value
        let kind = kinds.map(\.rawValue).joinedByOr
        let isCompared = findings.mayCompare(total)
        let names = isCompared ? all(directory) : []
        let meant = didYouMean(called, among: names)
        let help: String
        if names.isEmpty {
            help = owner.map { "\($0) has no \(kind): add it there" } ?? "the topology has no \(kind): add it"
        } else {
            help = "\(owner.map { "\($0) has" } ?? "there is") \(names.quotedList)"
        }
        // Of `host1/c1` one part is wrong; the other stays as it is.
        let isHostsPart = part != nil && kinds == [.host]
        let certain: String? = certainName(called, among: names).map { word in
            isHostsPart
                ? word + String(decoding: name.value.utf8.dropFirst(called.utf8.count), as: UTF8.self)
                : String(decoding: name.value.utf8.dropLast(called.utf8.count), as: UTF8.self) + word
        }
        findings.add(
            .unknownName, "unknown \(kind) \"\(called)\"\(owner.map { " in \($0)" } ?? "")", at: name.span,
            meant.map { "did you mean \"\($0)\"?" } ?? "no \(kind) has this name",
            // Some look like a letter of ASCII: two names that read the same would be told as different.
            notes: called.unicodeScalars.first { !$0.isASCII }.map {
                ["\"\(called)\" has the character \($0.codePoint), but names are ASCII"]
            } ?? [],
            help: meant == nil && isCompared ? [help] : [],
            edits: certain.map { [Edit(replacing: name.value, at: name.span, with: $0)] } ?? [])
    }
}

/// The two names of `HOST/CONTAINER`, split at the first slash; nil where there is none.
private func hostAndContainer(_ text: String) -> (host: String, container: String)? {
    guard let slash = text.utf8.firstIndex(of: UInt8(ascii: "/")) else { return nil }
    return (
        String(decoding: text.utf8[..<slash], as: UTF8.self),
        String(decoding: text.utf8[slash...].dropFirst(), as: UTF8.self)
    )
}
