import TopoDiagnostics
import TopoDriver
import TopoEmit
import TopoEmitNetworkd
import TopoModel
import TopoTemplates

/// What a topology that has errors has.
struct Refused: Error, CustomStringConvertible {
    let description: String
}

/// The files that the backend writes for a topology, by their paths.
struct Units {
    let artifacts: [Artifact]

    /// Compiles the text of a topology.
    init(_ text: String, runtime: Runtime? = nil) throws {
        let source = SourceFile(path: "net.topo", bytes: Array(text.utf8))
        let outcome = try compile(source, runtime: runtime, only: [NetworkdBackend.name], templates: builtIn.get())
        guard let compilation = outcome.output else {
            throw Refused(description: outcome.diagnostics.map(\.message).joined(separator: "\n"))
        }
        artifacts = compilation.artifacts
    }

    /// A file's lines without comments; nil where there is none.
    func lines(_ path: String) -> [String]? {
        artifacts.first { $0.path == path }.map { artifact in
            artifact.contents.split(separator: "\n").map(String.init).filter { !$0.hasPrefix("#") }
        }
    }

    /// The lines of a unit of host1: its name after `05-topoc-`.
    subscript(name: String) -> [String]? { lines("host1/networkd/05-topoc-\(name)") }

    /// The paths of all units.
    var paths: [String] { artifacts.map(\.path) }
}

/// Two hosts on a LAN, with more said of host1.
func topology(_ host1: String, lan: String = "172.16.1.0/24", address: String = "172.16.1.1/24") -> String {
    let other = address.replacing("1/24", with: "2/24").replacing("::1/64", with: "::2/64")
    return """
        topology: net
        title: A net
        runtime: netns
        lans:
          wire: {subnet: "\(lan)"}
        hosts:
          host1:
            nics: {eth0: {lan: wire, address: "\(address)"}}
        \(host1.split(separator: "\n", omittingEmptySubsequences: false).map { "    " + $0 }.joined(separator: "\n"))
          host2:
            nics: {eth0: {lan: wire, address: "\(other)"}}

        """
}

/// The built-in templates, whose functions and frames are read once for all tests of the module.
let builtIn = Result { try Templates() }
