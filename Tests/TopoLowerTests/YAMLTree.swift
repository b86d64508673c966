import CYaml
import TopoDiagnostics
import TopoSyntax

/// The tree of a YAML text in ASCII, straight from libyaml: lowering is tested apart from reading.
///
/// - Returns: nil where the text is no YAML.
func yamlTree(_ bytes: [UInt8]) -> Node? {
    bytes.withUnsafeBufferPointer { buffer in
        var parser = yaml_parser_t()
        guard yaml_parser_initialize(&parser) == 1 else { return nil }
        defer { yaml_parser_delete(&parser) }
        yaml_parser_set_input_string(&parser, buffer.baseAddress, buffer.count)
        var document = yaml_document_t()
        guard yaml_parser_load(&parser, &document) == 1 else { return nil }
        defer { yaml_document_delete(&document) }
        return yaml_document_get_root_node(&document).flatMap { tree($0.pointee, in: &document) }
    }
}

private func tree(_ node: yaml_node_t, in document: inout yaml_document_t) -> Node? {
    let span = Span(Int(node.start_mark.index), Int(node.end_mark.index))
    switch node.type {
    case YAML_SCALAR_NODE:
        let scalar = node.data.scalar
        let text = String(decoding: UnsafeBufferPointer(start: scalar.value, count: scalar.length), as: UTF8.self)
        return Node(.scalar(text, isQuoted: scalar.style != YAML_PLAIN_SCALAR_STYLE), at: span)
    case YAML_SEQUENCE_NODE:
        let items = node.data.sequence.items
        let indexes = UnsafeBufferPointer(start: items.start, count: items.top - items.start)
        return Node(.sequence(indexes.compactMap { child($0, in: &document) }), at: span)
    case YAML_MAPPING_NODE:
        let pairs = node.data.mapping.pairs
        let entries = UnsafeBufferPointer(start: pairs.start, count: pairs.top - pairs.start).compactMap { pair in
            entry(pair, in: &document)
        }
        return Node(.mapping(entries), at: span)
    case _:
        return nil
    }
}

private func child(_ index: Int32, in document: inout yaml_document_t) -> Node? {
    yaml_document_get_node(&document, index).flatMap { tree($0.pointee, in: &document) }
}

private func entry(_ pair: yaml_node_pair_t, in document: inout yaml_document_t) -> Node.Entry? {
    guard let key = child(pair.key, in: &document), let value = child(pair.value, in: &document),
        case .scalar(let text, isQuoted: _) = key.content
    else { return nil }
    return Node.Entry(key: text, keySpan: key.span, value: value)
}
