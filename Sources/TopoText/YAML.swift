/// A text as a double-quoted scalar of YAML 1.2 (7.3.1), on one line; controls are shown.
public func yamlString(_ text: String) -> String {
    "\"" + visible(text).replacingBytes("\\", with: "\\\\").replacingBytes("\"", with: "\\\"") + "\""
}
