import Foundation
import Testing
import TopoEmit

/// What is refused, and that nothing is changed then.
@Suite struct RefusalTests {
    /// Runs the script of the bridged topology, which must refuse with a message that has `words`.
    private func expectRefusal(
        _ box: VirtualBox, _ words: String, options: [String] = [], text: String? = nil,
        environment: [String: String] = [:],
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let run = try box.run(try text ?? script(bridged), options, environment: environment)
        #expect(run.status == 3, "\(run.output)\(run.error)", sourceLocation: sourceLocation)
        #expect(run.error.contains(words), "\(run.error)", sourceLocation: sourceLocation)
        #expect(run.error.contains("nothing was changed"), sourceLocation: sourceLocation)
        #expect(try box.changes() == [], sourceLocation: sourceLocation)
    }

    @Test func aVMThatIsNotThere() throws {
        let box = try VirtualBox(.init(name: "host1"))
        try expectRefusal(box, "VM \"host2\" for host \"host2\" is not there")
    }

    @Test func everyProblemIsTold() throws {
        let run = try VirtualBox(.init(name: "x", state: "running")).run(try script(bridged), ["--vm", "host2=x"])
        #expect(run.status == 3)
        #expect(run.error.contains("VM \"host1\"") && run.error.contains("VM \"x\" is not powered off"))
    }

    @Test(arguments: ["running", "paused", "saved", "aborted-saved", "starting"])
    func aVMThatIsNotPoweredOff(state: String) throws {
        let box = try VirtualBox(.init(name: "host1"), .init(name: "host2", state: state))
        try expectRefusal(box, "shut it down")
    }

    @Test func anAdapterThatIsForSomethingElseUnlessItIsToBeReplaced() throws {
        let used = ["1": ["nic": "nat"], "2": ["nic": "hostonly"]]
        let other = ["1": ["nic": "nat"], "2": ["nic": "intnet", "intnet": "other"]]
        let free = ["1": ["nic": "nat"], "2": ["nic": "null"]]
        try expectRefusal(
            VirtualBox(.init(name: "host1", adapters: used), .init(name: "host2")),
            "adapter 2, to be eth0, is attached to something else: hostonly")
        let box = try VirtualBox(.init(name: "host1", adapters: free), .init(name: "host2", adapters: other))
        try expectRefusal(box, "internal network \"other\"")
        #expect(try box.run(try script(bridged), "--replace").status == 0)
        #expect(try box.adapters(of: "host2")["2"]?["intnet"] == "intnet")
    }

    @Test func oneVMForTwoHosts() throws {
        let box = try VirtualBox(.init(name: "host1"))
        try expectRefusal(box, "VM \"host1\" is two hosts", options: ["--vm", "host2=host1"])
    }

    @Test func moreAdaptersThanThereAre() throws {
        let text = try script(host: "host1", networks: (1...8).map { "net\($0)" })
        let box = try VirtualBox(.init(name: "host1"))
        try expectRefusal(box, "eth7 would be adapter 9, and there are 8", text: text)
        #expect(try box.run(text, "--first-adapter", "1", "--replace").status == 0)
        #expect(try box.adapters(of: "host1").count == 8)
    }

    @Test(arguments: ["none", "None", ""]) func aNetworkThatVirtualBoxTakesForNone(network: String) throws {
        let text = try script(host: "host1", networks: [network])
        try expectRefusal(VirtualBox(.init(name: "host1")), "VirtualBox takes this for no network", text: text)
    }

    @Test func aMachineWithoutVirtualBox() throws {
        let box = try VirtualBox(.init(name: "host1"), .init(name: "host2"))
        try expectRefusal(box, "\"/no/VBoxManage\" is not there", environment: ["VBOXMANAGE": "/no/VBoxManage"])
    }

    @Test(arguments: [
        ["--vm"], ["--vm", "host3=x"], ["--vm", "host1"], ["--vm", "host1="], ["--first-adapter"],
        ["--first-adapter", "0"], ["--first-adapter", "9"], ["--first-adapter", "2x"], ["--frobnicate"], ["host1"],
    ])
    func wrongUsage(options: [String]) throws {
        let box = try VirtualBox(.init(name: "host1"), .init(name: "host2"))
        let run = try box.run(try script(bridged), options)
        #expect(run.status == 2)
        #expect(run.error.contains("usage: virtualbox.sh"))
        #expect(try box.changes() == [])
    }

    @Test func helpAsksNothingOfVirtualBox() throws {
        let run = try VirtualBox().run(try script(bridged), "--help", environment: ["VBOXMANAGE": "/no/VBoxManage"])
        #expect(run.status == 0)
        #expect(run.output.contains("usage: virtualbox.sh") && run.error.isEmpty)
    }

    @Test func aCommandThatFailsStopsIt() throws {
        let box = try VirtualBox(.init(name: "host1"), .init(name: "host2"))
        let run = try box.run(try script(bridged), environment: ["STANDIN_BROKEN": "host1"])
        #expect(run.status == 1)
        #expect(run.error.contains("this failed"))
        #expect(try box.changes().map(\.status) == [1])
        #expect(try box.run(try script(bridged)).status == 0)
    }

    @Test func nothingIsWrittenWithoutAVirtualBoxNetwork() throws {
        #expect(try files(bridged.replacingOccurrences(of: ", virtualbox: {network: intnet}", with: "")) == [])
        #expect(try files(bridged).map(\.path) == ["virtualbox.sh"])
    }
}
