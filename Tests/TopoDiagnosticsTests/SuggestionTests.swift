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
}
