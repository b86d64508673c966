import Testing

extension LabTests {
    /// Interfaces of one segment with different MTUs, as written: what is too large for one vanishes in the bridge.
    @Suite struct UnlikeMTUTests {
        private static let topology = """
            topology: unlike
            runtime: netns
            hosts:
              host1:
                bridges:
                  br0: {}
                containers:
                  c1: {bridge: br0, address: 10.0.0.11/24, mtu: 1400}
                  c2: {bridge: br0, address: 10.0.0.12/24, mtu: 1500}
                  c3: {bridge: br0, address: 10.0.0.13/24, mtu: 1500}

            """

        /// Four bytes more than an MTU pass a bridge in some kernels, and not in others: neither is asked for.
        @Test func nobodyIsSaidToBeToldOfWhatVanishes() throws {
            let lab = try Lab(text: Self.topology, on: Machine())
            #expect(try lab.run("up").status == 0)
            let test = try lab.run("test")
            #expect(test.status == 0, "\(test.text)")
            #expect(test.text.contains("c2 to c1 (10.0.0.11): 1400 bytes pass in one piece"), "\(test.text)")
            #expect(!test.text.contains("c2 to c1 (10.0.0.11): 1401 bytes"), "\(test.text)")
            #expect(test.text.contains("c1 to c2 (10.0.0.12): 1401 bytes do not, and c1 is told"), "\(test.text)")
            let lost = try lab.exec("c2", "ping", "-n", "-c", "1", "-W", "1", "-M", "do", "-s", "1377", "10.0.0.11")
            #expect(lost.status == 1 && lost.text.contains("100% packet loss"), "\(lost.text)")
            #expect(!lost.text.contains("too long"), "\(lost.text)")
            #expect(try lab.run("down").status == 0)
        }
    }
}
