import Testing
import TopoEmit
import TopoEmitReport
import TopoPlan
import TopoTemplates

@Suite struct RunbookTests {
    private func lines() throws -> [Substring] {
        let artifacts = try ReportBackend().emit(samplePlan(), templates: builtIn.get())
        let runbook = try #require(artifacts.first { $0.path == "RUNBOOK.md" })
        return runbook.contents.split(separator: "\n", omittingEmptySubsequences: false)
    }

    @Test func textFromTheTopologyMeansNothingToMarkdown() throws {
        let lines = try lines()
        #expect(lines.first == "# \\*A\\* &lt;title&gt;: runbook")
        #expect(lines.contains("first second"))
        #expect(lines.contains { $0.hasSuffix("VirtualBox network `in\\|net` |") })
    }

    @Test func aHostWithoutADescriptionDoesNotGetTheTopologys() throws {
        #expect(try lines().count { $0 == "first second" } == 1)
    }

    @Test func commandsQuoteNamesForTheShell() throws {
        let lines = try lines()
        #expect(lines.contains("scp -r a/. root@a:'topoc-a b'"))
        #expect(lines.contains("ssh root@a sh 'topoc-a b'/up.sh"))
    }

    /// The host's `ssh` says where it is, by which port, and as whom: whoever is not root has sudo(8).
    @Test(arguments: [
        (
            PlannedSSH(host: "192.0.2.11", user: "root", port: 2222),
            "scp -P 2222 -r a/. root@192.0.2.11:'topoc-a b'", "ssh -p 2222 root@192.0.2.11 sh 'topoc-a b'/up.sh"
        ),
        (
            PlannedSSH(host: "2001:db8::1", user: "eve"), "scp -r a/. 'eve@[2001:db8::1]':'topoc-a b'",
            "ssh -t eve@2001:db8::1 sudo sh 'topoc-a b'/up.sh"
        ),
        (
            PlannedSSH(host: "lab.example"), "scp -r a/. root@lab.example:'topoc-a b'",
            "ssh root@lab.example sh 'topoc-a b'/up.sh"
        ),
    ])
    func commandsGoWhereSSHGoes(access: PlannedSSH, copy: String, run: String) throws {
        let plan = try samplePlan()
        let hosts = plan.hosts.map {
            HostPlan(name: $0.name, description: $0.description, ssh: access, objects: $0.objects)
        }
        let other = Plan(
            name: plan.name, title: plan.title, description: nil, runtime: plan.runtime, bridgeTools: plan.bridgeTools,
            lans: plan.lans, hosts: hosts, checks: [], expectations: [])
        let artifacts = try ReportBackend().emit(other, templates: builtIn.get())
        let lines = try #require(artifacts.first { $0.path == "RUNBOOK.md" }).contents.split(separator: "\n")
        #expect(lines.contains { $0 == copy } && lines.contains { $0 == run }, "\(lines.joined(separator: "\n"))")
    }

    @Test func eachSectionRunsItsOwnScript() throws {
        var section = Substring()
        var found: [String] = []
        for line in try lines() {
            if line.hasPrefix("## ") { section = line.dropFirst(3) }
            if line.hasPrefix("ssh "), let script = line.split(separator: "/").last {
                found.append("\(section): \(script)")
            }
        }
        #expect(
            found == [
                "Bring up: up.sh", "Bring up: install.sh", "Bring up: up.sh", "Check: check.sh", "Tear down: down.sh",
            ])
    }

    @Test func saysWhatWasDerivedAndFromWhat() throws {
        let lines = try lines()
        #expect(lines.contains("| a vx0, a br0, a c1 eth0 | MTU | `1450` | 1500 of LAN \"wire\" less 50 for VXLAN |"))
        #expect(lines.contains("| a c1 | next hop to 0.0.0.0/0 | `10.2.0.1` | the other end of its link |"))
        #expect(!lines.contains { $0.hasPrefix("| a eth0") && $0.contains("MTU") })
    }

    @Test func theScriptForVirtualBoxIsToldOfWhereThereIsOne() throws {
        let lines = try lines()
        #expect(
            lines.contains { $0.hasPrefix("`virtualbox.sh` plugs the NICs of a into") && $0.contains("`in\\|net`") })
        let plan = try samplePlan()
        let lans = plan.lans.map { lan in
            PlannedLAN(
                name: lan.name, subnets: lan.subnets, mtu: lan.mtu, isPromiscuous: true, virtualBoxNetwork: nil,
                plugs: lan.plugs, description: nil)
        }
        let other = Plan(
            name: plan.name, title: plan.title, description: nil, runtime: plan.runtime, bridgeTools: plan.bridgeTools,
            lans: lans, hosts: plan.hosts, checks: [], expectations: [])
        let artifacts = try ReportBackend().emit(other, templates: builtIn.get())
        let runbook = try #require(artifacts.first { $0.path == "RUNBOOK.md" })
        #expect(!runbook.contents.contains("irtual") && runbook.contents.contains("## Copy"))
    }

    @Test func everyTableRowHasAsManyCellsAsItsHead() throws {
        var head: Int?
        for line in try lines() {
            guard line.hasPrefix("|") else {
                head = nil
                continue
            }
            let cells = line.replacing("\\|", with: "").count { $0 == "|" }
            #expect(cells == head ?? cells, "\(line)")
            head = head ?? cells
        }
    }

    @Test func statedExpectationsAreListed() throws {
        let lines = try lines()
        #expect(lines.contains("| a/c1 | a (10.2.0.1) | reached directly, in packets of up to 1450 bytes |"))
        #expect(!lines.contains { $0.contains("10.9.9.9") })
    }
}
