import Testing
import TopoDiagnostics
import TopoDriver
import TopoModel

/// What `topoc init` begins a file with.
@Suite struct StartTopologyTests {
    /// A name that is taken is the name that is read from the file begun with it.
    @Test(arguments: ["null", "Null", "NULL", "nULL", "~", "lab1", "a b", "10.0.0.1", "yes", "1", "-a", "a: b", ""])
    func aNameThatIsTakenIsRead(name: String) throws {
        let read = examine(startTopology(.bridged, name: name, templates: try builtIn.get())).output?.topology.name
            .value
        #expect(nameFault(ofTopology: name) != nil || read == name, "\(read ?? "nothing") is read")
    }
}
