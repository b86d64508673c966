internal import TopoJSON
internal import TopoText

extension JSON {
    /// What stands for nothing: the page's script takes it so.
    static let nothing = JSON.boolean(false)

    /// The value's text for a script element of HTML: without spaces, and with nothing in it that could end the element.
    var scriptText: String {
        var text = ""
        write(to: &text)
        return text
    }

    private func write(to text: inout String) {
        switch self {
        case .string(let value): text += JSON.quoted(value)
        case .number(let value): text += "\(value)"
        case .boolean(let value): text += value ? "true" : "false"
        case .array(let values):
            text += "["
            for (index, value) in values.enumerated() {
                if index > 0 { text += "," }
                value.write(to: &text)
            }
            text += "]"
        case .object(let members):
            text += "{"
            for (index, member) in members.enumerated() {
                if index > 0 { text += "," }
                text += JSON.quoted(member.name)
                text += ":"
                member.value.write(to: &text)
            }
            text += "}"
        }
    }

    private static func quoted(_ value: String) -> String {
        String(decoding: jsonString(value, isForHTML: true), as: UTF8.self)
    }
}
