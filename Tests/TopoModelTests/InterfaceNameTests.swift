import Testing
import TopoModel

@Suite struct InterfaceNameTests {
    /// By host, the host's own before its containers', then by container.
    @Test func theyStandByTheirOwners() {
        let names = [
            InterfaceName(host: "a", interface: "z"), InterfaceName(host: "a", container: "c", interface: "a"),
            InterfaceName(host: "a", container: "c", interface: "b"),
            InterfaceName(host: "a", container: "d", interface: "a"), InterfaceName(host: "b", interface: "a"),
        ]
        #expect(names.reversed().sorted() == names)
        #expect(names.map(\.description) == ["a:z", "a/c:a", "a/c:b", "a/d:a", "b:a"])
    }
}
