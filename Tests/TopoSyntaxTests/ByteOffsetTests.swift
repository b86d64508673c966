import Testing

@testable import TopoSyntax

@Suite struct ByteOffsetTests {
    /// Scalars of one to four bytes, walked forward and back by steps of any length.
    @Test func theWayBackIsTheWayThere() {
        let text = "a\u{E9}\u{6771}\u{1F600}b\u{6771}\u{1F600}"
        let ends = text.unicodeScalars.reduce(into: [0]) { $0.append($0[$0.count - 1] + String($1).utf8.count) }
        Array(text.utf8).withUnsafeBufferPointer { bytes in
            for from in ends.indices {
                for to in ends.indices {
                    var offsets = ByteOffsets(bytes, isASCII: false)
                    #expect(offsets.byteOffset(ofScalar: from) == ends[from])
                    #expect(offsets.byteOffset(ofScalar: to) == ends[to])
                }
            }
        }
    }
}
