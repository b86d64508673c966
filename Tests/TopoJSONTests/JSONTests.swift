import Foundation
import Testing
import TopoJSON

@Suite struct JSONTests {
    @Test func membersKeepTheirOrder() {
        let value: JSON = ["b": 1, "a": [true, "x"], "nothing": [:], "none": []]
        #expect(
            value.text == """
                {
                  "b": 1,
                  "a": [
                    true,
                    "x"
                  ],
                  "nothing": {},
                  "none": []
                }

                """)
    }

    @Test func oneElementHasALineToo() {
        #expect(JSON.array([1]).text == "[\n  1\n]\n")
        #expect(JSON.members(["a": [:]]).text == "{\n  \"a\": {}\n}\n")
    }

    @Test func membersWithoutAValueAreLeftOut() {
        #expect(JSON.members(["a": nil, "b": -3]) == ["b": -3])
        #expect(JSON.array([]).unlessEmpty == nil)
        #expect(JSON.object([]).unlessEmpty == nil)
        #expect(JSON.strings(["a"]).unlessEmpty == ["a"])
        #expect(JSON.string("").unlessEmpty == "")
    }

    @Test func everyScalarComesBack() throws {
        let scalars = (0..<0x800).compactMap(Unicode.Scalar.init) + ["\u{2028}", "\u{FFFF}", "\u{10FFFF}"]
        let string = String(String.UnicodeScalarView(scalars))
        let text = JSON.string(string).text
        #expect(try JSONDecoder().decode(String.self, from: Data(text.utf8)) == string)
        #expect(!text.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" || $0.value == 0x7F })
    }
}
