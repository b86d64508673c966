import Testing
import TopoForwarding
import TopoModel
import TopoPlan

@Suite struct ScaleTests {
    /// 100 routers on a LAN with 100 containers each: the way between the first and the last is found, and what is
    /// expected stays within the sample.
    @Test func tenThousandContainers() throws {
        let count = 100
        let hosts = try (0..<count).map { number in
            var host = HostBuilder("host\(number)", at: number * 100_000)
            host.forwards()
            try host.nic("eth0", lan: "internal", "172.16.1.\(number + 1)/24")
            try host.bridge("br0", "10.\(number).0.1/16")
            for container in 1...count {
                try host.bridged(
                    "c\(number)-\(container)", "10.\(number).1.\(container)/16", gateway: "10.\(number).0.1")
            }
            for other in 0..<count where other != number {
                try host.route("10.\(other).0.0/16", via: "172.16.1.\(other + 1)")
            }
            return host
        }
        let prediction = predict(network(hosts))
        let path = try prediction.path("host0/c0-1", "10.99.1.100")
        #expect(path.way == ["host0", "host99"])
        let all = count * count
        #expect(prediction.expectations.count > all)
        #expect(prediction.expectations.count <= all + 3 * count)
    }
}
