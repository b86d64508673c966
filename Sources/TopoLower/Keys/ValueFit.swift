import TopoSyntax

extension ValueForm {
    /// Whether a value has the shape of this form, whatever it says: a mapping of the right keys, a list, a word, digits.
    ///
    /// It decides whether an unknown key may become one with this form without a doubt. The value may have mistakes of its
    /// own, such as `yes` for a boolean, which are mended by themselves.
    func fits(_ node: Node) -> Bool {
        switch self {
        case .text, .word, .prose, .name, .choice: return node.scalarText != nil
        case .boolean: return ["true", "false", "yes", "no", "on", "off"].contains(node.scalarText?.lowercased() ?? "")
        case .number: return node.isMade(of: "0123456789")
        case .address: return node.isMade(of: "0123456789abcdefABCDEF.:")
        case .interfaceAddress, .singleAddress, .prefix: return node.isMade(of: "0123456789abcdefABCDEF.:/")
        case .macAddress: return node.isMade(of: "0123456789abcdefABCDEF.:-")
        case .either(let forms): return forms.contains { $0.fits(node) }
        case .pair(let form):
            guard case .sequence(let items) = node.content else { return false }
            return items.count == 2 && items.allSatisfy(form.fits)
        case .list(let form):
            guard case .sequence(let items) = node.content else { return false }
            return items.allSatisfy(form.fits)
        case .mapping(let kind): return node.isMapping(of: kind)
        case .named(let kind):
            guard case .mapping(let entries) = node.content else { return false }
            return entries.allSatisfy { $0.value.isMapping(of: kind) }
        case .values(let form):
            guard case .mapping(let entries) = node.content else { return false }
            return entries.allSatisfy { form.fits($0.value) }
        }
    }
}

extension Node {
    /// True for a scalar that has some of these signs and no others.
    fileprivate func isMade(of signs: String) -> Bool {
        guard let text = scalarText, !text.isEmpty else { return false }
        return text.utf8.allSatisfy { signs.utf8.contains($0) }
    }

    /// True for nothing at all, and for a mapping one of whose keys at least is the kind's.
    fileprivate func isMapping(of kind: ElementKind) -> Bool {
        guard let entries = mappingEntries else { return false }
        let keys = kind.keys.map(\.name)
        return entries.isEmpty || entries.contains { keys.contains($0.key) }
    }
}
