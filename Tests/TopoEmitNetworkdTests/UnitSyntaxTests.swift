import Testing
import TopoEmit
import TopoModel

/// What comes from a topology is a value in a unit, and no more.
@Suite struct UnitSyntaxTests {
    @Test(arguments: ["eth0", "enp0s3", "br-lan", "a=b", "#a", "wg_0", "1a", "a;b", "\"a\""])
    func namesThatSystemdTakes(name: String) throws {
        #expect(try #require(UnitInterface(name)).name == name)
    }

    // systemd's ifname_valid(): ASCII, no number; a backslash at a line's end would go on with the next line.
    @Test(arguments: ["", "br\\", "é0", "42", "a b", "a:b", "a/b", "a%d", "a\nb", "0123456789abcdef"])
    func namesThatItDoesNot(name: String) {
        #expect(UnitInterface(name) == nil)
    }

    @Test(arguments: [
        ("eth0", "eth0"), ("a*", #"a\\*"#), ("a?b", #"a\\?b"#), ("[a]", #"\\[a\\]"#), ("!a", #"\\!a"#),
        ("it's", #"it\\'s"#),
    ])
    func aNameIsAPatternOfItselfAlone(name: String, pattern: String) throws {
        #expect(UnitValue.pattern(try #require(UnitInterface(name))).description == pattern)
    }

    @Test func aFileOfEachNameHasAnotherName() throws {
        let names = ["a*", "a?", "a+", "a+2a", "A", "a", "a.b", "a_b"]
        let files = try names.map { try #require(UnitInterface($0)).fileName }
        #expect(Set(files).count == names.count)
        #expect(
            files.allSatisfy { $0.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "+._-".contains($0)) } })
        #expect(unitFileName("../é") == "..+2f+c3+a9")
    }

    @Test func aCommentStaysOnItsLine() {
        var section = UnitSection("Network", [("IPv6AcceptRA", .flag(false))])
        section.comment("one\n[Match]\r\u{2028}Name=*\u{0}")
        let file = UnitFile(name: "a.network", comments: ["head\nName=*"], sections: [UnitSection("Link"), section])
        #expect(file.lines == ["# head␊Name=*", "", "[Network]", "IPv6AcceptRA=no", "# one␊[Match]␍<U+2028>Name=*␀"])
    }
}
