import Testing
import TopoDiagnostics
import TopoDriver
import TopoModel
import TopoTemplates

/// A runtime that is given beside the file: its rules hold, and those of the runtime that is written do not.
@Suite struct RuntimeOverrideTests {
    private func found(_ text: String, _ runtime: Runtime?) throws -> [String] {
        let source = SourceFile(path: "a.topo", bytes: Array(text.utf8))
        return try compile(source, runtime: runtime, templates: builtIn.get()).diagnostics.map {
            "\($0.code.rawValue) \($0.message)"
        }
    }

    private func text(_ runtime: String, _ name: String = "c1", _ keys: String = "") -> String {
        """
        topology: t
        runtime: \(runtime)
        hosts:
          h1:
            bridges: {br0: {address: 10.1.0.1/24}}
            containers: {\(name): {bridge: br0, address: 10.1.0.11/24\(keys)}}
        """
    }

    /// A script would make a container of no image.
    @Test(arguments: [Runtime.lxd, .incus, .docker])
    func aContainerWithoutAnImageIsRefused(runtime: Runtime) throws {
        let messages = try found(text("netns"), runtime)
        #expect(messages.count == 1 && messages[0].hasPrefix("T0202 "), "\(messages)")
        #expect(try found(text("netns"), nil) == [])
        #expect(try found(text("netns", "c1", ", image: bare"), runtime) == [])
        // Whoever writes the runtime needs one; a namespace does not.
        #expect(try found(text(runtime.rawValue), .netns) == [])
    }

    /// Names are those that this runtime takes.
    @Test func aNameOfAnotherRuntimesIsRefused() throws {
        let named = text("docker", "a_b", ", image: bare")
        #expect(try found(named, nil) == [])
        #expect(try found(named, .lxd).map { $0.prefix(5) } == ["T0216"])
    }

    /// What is for Docker alone does no harm elsewhere.
    @Test func aCommandIsForDockerAlone() throws {
        let commanded = text("docker", "c1", ", image: bare, command: [sleep, infinity]")
        #expect(try found(commanded, .netns) == [])
        #expect(
            try found(text("netns", "c1", ", image: bare, command: [sleep]"), nil).map { $0.prefix(5) } == ["T0205"])
    }
}
