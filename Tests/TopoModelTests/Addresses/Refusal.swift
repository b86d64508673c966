import Testing
import TopoModel

/// A text that is refused, with the words that its author sees.
struct Refusal: Sendable, CustomTestStringConvertible {
    let text: String
    let reason: String
    let help: String?

    init(_ text: String, _ reason: String, _ help: String?) {
        self.text = text
        self.reason = reason
        self.help = help
    }

    var testDescription: String { text.debugDescription }

    /// Reads the text and compares the error.
    func check(_ read: (String) throws(AddressError) -> some Sendable) {
        do {
            let value = try read(text)
            Issue.record("\"\(text)\" was read as \(value)")
        } catch {
            #expect(error.reason == reason)
            #expect(error.help == help)
        }
    }
}
