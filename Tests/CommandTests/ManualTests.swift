import Testing

@testable import topoc

/// Texts in the manual page.
@Suite struct ManualTests {
    /// A line that begins with a dot or a quote is a command to roff(7), and a backslash begins one.
    @Test func noSignOfATextIsACommands() {
        #expect(roff(".topo files") == "\\&.topo files")
        #expect(roff("'so'") == "\\(aqso\\(aq")
        #expect(roff("a\\b --c") == "a\\eb \\-\\-c")
    }
}
