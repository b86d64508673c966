import Testing
import TopoDiagnostics

@Suite struct SuggestionTests {
    @Test(arguments: [
        ("lxdbr1", ["lxdbr0", "br0"], "lxdbr0"),
        ("adress", ["address", "addresses"], "address"),
        ("brigde", ["bridge", "bridges"], "bridge"),
        ("forwardign", ["forwarding"], "forwarding"),
        ("Host1", ["host1", "host2"], "host1"),
        ("hots1", ["host2", "host1"], "host1"),
        ("c3", ["c1", "c2"], "c1"),
        ("managedby", ["managed-by"], "managed-by"),
        ("gatewya", ["image", "gateway"], "gateway"),
        ("hoxty", ["hosta"], "hosta"),
    ])
    func findsTheNearestName(name: String, candidates: [String], expected: String) {
        #expect(didYouMean(name, among: candidates) == expected)
    }

    @Test(arguments: [
        ("xyz", ["address", "image"]),
        ("mac", ["mtu"]),
        ("c", ["d"]),
        ("", ["a"]),
        ("address", []),
        ("routes", ["runtime"]),
    ])
    func findsNothingWhereNoNameIsNear(name: String, candidates: [String]) {
        #expect(didYouMean(name, among: candidates) == nil)
    }

    @Test(arguments: [
        ("brdge", ["bridge"], "bridge"),
        ("alns", ["lans"], "lans"),
        ("mtus", ["mtu"], "mtu"),
        ("hots", ["hosts"], "hosts"),
        ("forwadin", ["forwarding"], "forwarding"),
        ("ddress", ["address"], "address"),
    ])
    func aWordIsMeantByANearOne(word: String, vocabulary: [String], expected: String) {
        #expect(wordMeant(word, among: vocabulary) == expected)
    }

    /// One edit up to five letters, which begin alike, and two beyond.
    @Test(arguments: [
        ("vlan", ["lan", "mac"]), ("links", ["lans"]), ("nat", ["mac"]), ("vlans", ["lans"]), ("hsts1", ["hosts"]),
        ("fowrdng", ["forwarding"]), ("lands", ["bonds"]),
    ])
    func aWordThatIsFarOrBeginsOtherwiseIsNotMeant(word: String, vocabulary: [String]) {
        #expect(wordMeant(word, among: vocabulary) == nil)
        #expect(certainWord(word, among: vocabulary) == nil)
    }

    @Test(arguments: [
        ("adress", ["address", "addresses"], "address"),
        ("FORWARDING", ["forwarding"], "forwarding"),
        ("manged-by", ["managed-by", "mac"], "managed-by"),
    ])
    func aWordOfAVocabularyIsCertain(word: String, vocabulary: [String], expected: String) {
        #expect(certainWord(word, among: vocabulary) == expected)
    }

    @Test(arguments: [
        ("vlan", ["lan", "mac"]),
        ("addresse", ["address", "addresses"]),
        ("ping6", ["ping"]),
        ("tos", ["to"]),
        ("soutes", ["routes", "remote"]),
    ])
    func aWordThatMayMeanSomethingElseIsNot(word: String, vocabulary: [String]) {
        #expect(didYouMean(word, among: vocabulary) != nil)
        #expect(certainWord(word, among: vocabulary) == nil)
    }

    @Test(arguments: [
        ("lxbdr0", ["lxdbr0", "br0"], "lxdbr0"),
        ("lxddbr0", ["lxdbr0"], "lxdbr0"),
        ("internall", ["internal"], "internal"),
        ("diference", ["difference"], "difference"),
        ("HOST1", ["host1", "host2"], "host1"),
    ])
    func aSlipOfTheFingersIsCertain(name: String, names: [String], expected: String) {
        #expect(certainName(name, among: names) == expected)
    }

    @Test(arguments: [
        ("host3", ["host1"]),
        ("hostb", ["hosta"]),
        ("web-a1", ["web-b1"]),
        ("host11", ["host1"]),
        ("host12", ["host21"]),
        ("lxbr0", ["lxdbr0"]),
        ("Web", ["web", "WEB"]),
        ("", ["a"]),
        ("aa", ["a"]),
        ("b", ["bb"]),
        ("ba", ["ab"]),
        ("h1ost", ["ho1st"]),
        ("ho1st", ["h1ost"]),
    ])
    func namesThatAreAlikeOnPurposeAreNot(name: String, names: [String]) {
        #expect(certainName(name, among: names) == nil)
    }
}
