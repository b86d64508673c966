/// A text as a double-quoted scalar of YAML 1.2 (7.3.1), on one line; controls are shown.
public func yamlString(_ text: String) -> String {
    "\"" + visible(text).replacingBytes("\\", with: "\\\\").replacingBytes("\"", with: "\\\"") + "\""
}

/// A text as a scalar of YAML that both versions, 1.1 and 1.2, read as this text: as it is where nobody takes it for
/// something else, in double quotes otherwise.
public func yamlWord(_ text: String) -> String {
    let letters = UInt8(ascii: "a")...UInt8(ascii: "z")
    let begins = text.utf8.first.map { letters ~= $0 | 0x20 } ?? false
    let isPlain = begins && text.utf8.allSatisfy { letters ~= $0 | 0x20 || "0123456789_-.".utf8.contains($0) }
    return isPlain && !wordsOfYAML.contains(text.lowercased()) ? text : yamlString(text)
}

/// What is a boolean or nothing to YAML 1.1.
private let wordsOfYAML: Set<String> = ["y", "yes", "n", "no", "true", "false", "on", "off", "null"]
