import Testing

@testable import TopoWatch

@Suite struct ChangeDetectorTests {
    /// At which looks a change is told of; what is there is a letter, and nothing is `-`.
    private func told(_ looks: String, after known: Unicode.Scalar = "a") -> String {
        var detector = ChangeDetector(known)
        return looks.unicodeScalars.map { detector.take($0) ? "!" : "." }.joined()
    }

    @Test(arguments: [
        ("aaaa", "....", "nothing happens"),
        ("abbb", "..!.", "a save"),
        ("abcdddd", "....!..", "one write after another"),
        ("a-bbb", "...!.", "deleted and made anew"),
        ("a--bb", "..!.!", "away for longer"),
        ("abaaa", ".....", "as it was again"),
        ("bb", ".!", "saved between the first look and the first reading"),
        ("abbaabb", "..!.!.!", "there and back"),
    ])
    func aChangeIsToldOfWhenItHasComeToRest(looks: String, expected: String, what: String) {
        #expect(told(looks) == expected, "\(what)")
    }
}
