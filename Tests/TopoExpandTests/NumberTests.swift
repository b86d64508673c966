import Testing
import TopoDiagnostics
import TopoExpand
import TopoSyntax

/// The VNI or GRE key of a network that says none, and what the lock keeps of it.
@Suite struct NumberTests {
    private static func text(_ network: String, topology: String = "t") -> String {
        """
        topology: \(topology)
        networks: {blue: \(network)}
        hosts: {h1..h2: {containers: {c: {network: blue}}}}
        """
    }

    /// The numbers of the tunnels of a file, one of each.
    private static func numbers(_ made: Made) -> Set<Substring> {
        Set(made.hosts.flatMap { $0.matches(of: #/(?:vni|key): (\d+)/#).map(\.1) })
    }

    private static func lines(_ made: Made) -> [String] { made.lock.filter { $0.contains(" number ") } }

    @Test func itStaysWhereTheTopologyIsCalledSomethingElse() throws {
        let first = try Made(Self.text("{kind: vxlan, subnet: 10.0.0.0/24}"))
        let number = try #require(Self.numbers(first).first)
        #expect(Self.numbers(first).count == 1 && Self.lines(first) == ["blue number \(number)"])
        let unlocked = try Made(Self.text("{kind: vxlan, subnet: 10.0.0.0/24}", topology: "other"))
        #expect(Self.numbers(unlocked) != [number])
        let locked = try Made(
            Self.text("{kind: vxlan, subnet: 10.0.0.0/24}", topology: "other"), lock: first.lock)
        #expect(Self.numbers(locked) == [number] && locked.lock == first.lock && locked.messages == [])
    }

    @Test func anotherKindHasTheSame() throws {
        let lock = ["blue number 77"]
        for kind in ["vxlan", "gretap"] {
            let made = try Made(Self.text("{kind: \(kind), subnet: 10.0.0.0/24}"), lock: lock)
            #expect(Self.numbers(made) == ["77"])
        }
        let routed = try Made(Self.text("{kind: routed, subnet: 10.0.0.0/24}"), lock: lock)
        #expect(Self.lines(routed) == lock)
        let never = try Made(Self.text("{kind: routed, subnet: 10.0.0.0/24}"))
        #expect(Self.lines(never) == [])
    }

    @Test func oneThatIsWrittenIsNotLocked() throws {
        let made = try Made(Self.text("{kind: vxlan, vni: 5, subnet: 10.0.0.0/24}"), lock: ["blue number 77"])
        #expect(Self.numbers(made) == ["5"] && Self.lines(made) == [])
    }

    @Test(arguments: [("vxlan", "VNI"), ("gretap", "GRE key")])
    func itIsToldThatItIsNotLockedWhereAllElseIs(kind: String, word: String) throws {
        let text = """
            topology: t
            networks: {blue: {kind: \(kind), subnet: 10.0.0.0/24}}
            hosts: {h1: {containers: {c: {network: blue, address: 10.0.0.1/24}}}, h2: {containers: {d: {network: blue, address: none}}}}
            """
        func told(_ lock: String?) throws -> [String] {
            let bytes = lock.map { Array("# topoc lock 1\n\($0)\n# end\n".utf8) }
            let source = SourceFile(path: "a.topo", bytes: Array(text.utf8), lock: bytes)
            let outcome = expand(try #require(read(source).output), of: source)
            #expect(outcome.output?.lock != nil)
            return outcome.diagnostics.map { "\($0.code.rawValue) \($0.message)" }
        }
        #expect(try told(nil) == ["T0318 the \(word) of network \"blue\" is not locked"])
        #expect(try told("blue number 9") == [])
    }

    @Test func whereNoneIsChosenNothingIsToldOfIt() throws {
        let text = """
            topology: t
            networks: {blue: {kind: bridged, subnet: 10.0.0.0/24}}
            hosts: {h1: {containers: {c: {network: blue, address: 10.0.0.1/24}}}}
            """
        let source = SourceFile(path: "a.topo", bytes: Array(text.utf8))
        let outcome = expand(try #require(read(source).output), of: source)
        #expect(!outcome.diagnostics.contains { $0.code == .notLocked } && outcome.output?.lock == nil)
    }

    @Test(arguments: ["0", "16777216", "-1", "x"])
    func aNumberThatNoNetworkCanHaveIsAFault(number: String) throws {
        let made = try Made(Self.text("{kind: vxlan, subnet: 10.0.0.0/24}"), lock: ["blue number \(number)"])
        #expect(made.messages == ["T0317 the topology's lock has no interface and address in line 2"])
    }

    @Test func theLargestNumberIsOne() throws {
        let made = try Made(Self.text("{kind: vxlan, subnet: 10.0.0.0/24}"), lock: ["blue number 16777215"])
        #expect(Self.numbers(made) == ["16777215"])
    }

    @Test func aSecondNumberIsAFault() throws {
        let made = try Made(
            Self.text("{kind: vxlan, subnet: 10.0.0.0/24}"), lock: ["blue number 1", "blue number 2"])
        #expect(made.messages == ["T0317 the topology's lock has a second \"blue number\" in line 3"])
    }
}
