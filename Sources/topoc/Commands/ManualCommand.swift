import ArgumentParser

/// `topoc manual`: prints the manual page, which `make install` puts where `man` finds it.
struct ManualCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "manual", abstract: "Print the manual page, topoc.1, for man.", shouldDisplay: false)

    func run() throws { try StandardStream.output.write(manualPage()) }
}
