import Foundation
import Testing

/// What the script plugs in, and how it asks VirtualBox for it.
@Suite struct PlugTests {
    @Test(arguments: ["6.1", "7.0"]) func aBridgesPortIsPromiscuous(version: String) throws {
        let box = try VirtualBox(.init(name: "host1"), .init(name: "host2"))
        let run = try box.run(try script(bridged), environment: ["STANDIN_VERSION": version])
        #expect(run.status == 0, "\(run.error)")
        let adapter = ["nic": "intnet", "intnet": "intnet", "nicpromisc": "allow-vms", "cableconnected": "on"]
        #expect(try box.adapters(of: "host1") == ["1": ["nic": "nat"], "2": adapter])
        let withMAC = adapter.merging(["macaddress": "02ab00000002"]) { $1 }
        #expect(try box.adapters(of: "host2") == ["1": ["nic": "nat"], "2": withMAC])
        #expect(run.output.contains("VBoxManage modifyvm host1 --nic2 intnet --intnet2 intnet --nicpromisc2 allow-vms"))
    }

    @Test func aRoutersNICIsNotAndTheScriptSaysWhy() throws {
        let box = try VirtualBox(.init(name: "host1"), .init(name: "host2"))
        let text = try script(routed)
        let run = try box.run(text)
        #expect(run.status == 0, "\(run.error)")
        func adapter(_ network: String) -> [String: String] {
            ["nic": "intnet", "intnet": network, "nicpromisc": "deny", "cableconnected": "on"]
        }
        let adapters = ["1": ["nic": "nat"], "2": adapter("wire"), "3": adapter("other")]
        #expect(try box.adapters(of: "host1") == adapters)
        #expect(try box.adapters(of: "host2") == adapters)
        #expect(text.contains("# enp0s8, on LAN \"wire\": not in a bridge."))
        #expect(text.contains("promiscuous mode is not needed"))
        #expect(!text.contains("allow-vms\n"))
    }

    @Test func aLANThatDropsForeignFramesDoesSo() throws {
        let deaf = bridged.replacingOccurrences(of: "virtualbox:", with: "promiscuous: false, virtualbox:")
        let box = try VirtualBox(.init(name: "host1"), .init(name: "host2"))
        #expect(try box.run(try script(deaf, despiteErrors: true)).status == 0)
        #expect(try box.adapters(of: "host1")["2"]?["nicpromisc"] == "deny")
    }

    @Test func theSecondRunChangesNothing() throws {
        let box = try VirtualBox(.init(name: "host1"), .init(name: "host2"))
        let text = try script(bridged)
        #expect(try box.run(text).status == 0)
        let before = try box.adapters(of: "host2")
        let again = try box.run(text)
        #expect(again.status == 0, "\(again.error)")
        #expect(try box.adapters(of: "host2") == before)
    }

    @Test func aVMOfAnotherNameOrUUIDTakesTheHostsPlace() throws {
        let names = ["My \"first\" VM", "it's $(touch pwned) `id`"]
        let second = VirtualBox.Machine(name: names[1])
        let box = try VirtualBox(.init(name: names[0]), second, .init(name: "host1"))
        let run = try box.run(try script(bridged), "--vm", "host1=\(names[0])", "--vm", "host2=\(second.uuid)")
        #expect(run.status == 0, "\(run.error)")
        #expect(try box.adapters(of: names[0])["2"]?["intnet"] == "intnet")
        #expect(try box.adapters(of: names[1])["2"]?["intnet"] == "intnet")
        #expect(try box.adapters(of: "host1")["2"] == nil)
    }

    @Test func adaptersBeginWhereTheyAreToldTo() throws {
        let box = try VirtualBox(.init(name: "host1"), .init(name: "host2"))
        #expect(try box.run(try script(routed), "--first-adapter", "7").status == 0)
        #expect(try box.adapters(of: "host1").keys.sorted() == ["1", "7", "8"])
    }

    @Test func aDryRunChangesNothingAndPrintsWhatTheShellReadsAgain() throws {
        let network = "it's a \"net\" $(touch pwned); `id` \\"
        let box = try VirtualBox(.init(name: "a b", state: "aborted"))
        let dry = try box.run(try script(host: "host1", networks: [network]), "--vm", "host1=a b", "--dry-run")
        #expect(dry.status == 0, "\(dry.error)")
        #expect(try box.changes() == [])
        let commands = dry.output.split(separator: "\n").filter { $0.hasPrefix("  ") }.joined(separator: "\n")
        #expect(try box.run(commands).status == 0)
        #expect(try box.adapters(of: "a b")["2"]?["intnet"] == network)
    }

    /// Seven names a script: as many adapters as a VM has beside the first.
    @Test(arguments: [
        ["it's", "two words", "$(touch pwned)", "`id`", "a\"b", "back\\slash\\", "-n"],
        ["--nic2", "*", "intra-réseau", "{{x}}", "<&>", "#", "~"],
    ])
    func namesArriveAsTheyAre(networks: [String]) throws {
        let text = try script(host: "host1", networks: networks, title: networks.joined())
        for environment in [[:], ["STANDIN_WINDOWS": "1"]] {
            let box = try VirtualBox(.init(name: "host1"))
            for _ in 1...2 {
                let run = try box.run(text, environment: environment)
                #expect(run.status == 0, "\(run.error)")
                let adapters = try box.adapters(of: "host1")
                #expect((2...8).map { adapters[String($0)]?["intnet"] } == networks)
            }
            #expect(try box.changes().map(\.status) == Array(repeating: 0, count: 14))
        }
    }

    @Test func whatAVariableNamesIsUsed() throws {
        let box = try VirtualBox(.init(name: "host1"), .init(name: "host2"))
        let other = try box.commandElsewhere("Program Files/VBoxManage.exe")
        let run = try box.run(try script(bridged), environment: ["VBOXMANAGE": other])
        #expect(run.status == 0, "\(run.error)")
        #expect(run.output.contains("'\(other)' modifyvm host1"))
        #expect(try box.changes().count == 2)
    }
}
