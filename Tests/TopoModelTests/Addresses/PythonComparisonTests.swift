import Testing
import TopoModel

/// Python's `ipaddress` and the C library's `inet_pton` and `inet_ntop` must say the same as we do, over thousands of
/// random values; where Python takes more than we do, it is one of `Leniency`'s classes.
@Suite(
    .enabled("python3 is not installed, and ipaddress is what is compared with") {
        PythonOracle.isInstalled || !PythonOracle.maySkip
    })
struct PythonComparisonTests {
    /// What Python takes and we refuse, on purpose.
    enum Leniency: CaseIterable {
        /// `fe80::1%eth0`: in our language an address stands beside its interface.
        case zone
        /// `10.0.0.1`, taken for a /32: the length that was forgotten is most often another.
        case lengthMissing
        /// `10.0.0.1/255.255.255.0`, and `/0.0.0.255`, which it takes for the same: one way to write it is enough.
        case netmask
        /// `10.0.0.1/024`.
        case lengthWithLeadingZero

        /// The class of a text.
        init?(_ text: String) {
            let parts = text.split(separator: "/", omittingEmptySubsequences: false)
            if parts[0].contains("%") {
                self = .zone
            } else if parts.count == 1 {
                self = .lengthMissing
            } else if parts[1].contains(".") {
                self = .netmask
            } else if parts[1].utf8.count > 1, parts[1].hasPrefix("0") {
                self = .lengthWithLeadingZero
            } else {
                return nil
            }
        }
    }

    /// Texts with what is said of them.
    private func compare(_ kind: String, _ texts: [String], ours: (String) -> [String]) throws -> Set<Leniency> {
        let answers = try PythonOracle.answers(to: texts.map { [kind, $0] })
        try #require(answers.count == texts.count)
        var seen: Set<Leniency> = []
        var taken = 0
        for (text, answer) in zip(texts, answers) {
            let our = ours(text)
            if our[0] != "no" { taken += 1 }
            if our == answer { continue }
            if our[0] == "no", let leniency = Leniency(text),
                our.dropFirst() == answer.dropFirst().prefix(our.count - 1)
            {
                seen.insert(leniency)
                continue
            }
            Issue.record("\(kind) \"\(text)\": topoc says \(our), Python \(answer)")
        }
        // Neither side says the same to everything.
        #expect(taken > texts.count / 10 && taken < texts.count * 9 / 10)
        return seen
    }

    @Test func addresses() throws {
        var random = RandomAddress(seed: 1)
        var texts: [String] = []
        for _ in 0..<4000 {
            let text = random.text(random.address())
            texts += [text, random.mutated(text)]
        }
        let seen = try compare("address", texts) { text in
            guard let address = try? IPAddress(text) else { return ["no", "no"] }
            let marks = [address.isUnspecified, address.isLoopback, address.isLinkLocal, address.isMulticast]
            return [
                address.description, "yes", address.description, "\(address.bits)",
                marks.map { $0 ? "1" : "0" }.joined(),
            ]
        }
        #expect(seen == [.zone])
    }

    @Test func interfaceAddresses() throws {
        var random = RandomAddress(seed: 2)
        var texts: [String] = []
        for _ in 0..<4000 {
            let address = random.address()
            let text = "\(random.text(address))/\(random.length(address.family))"
            texts += [text, random.mutated(text)]
        }
        let seen = try compare("interface", texts) { text in
            guard let interface = try? InterfaceAddress(text) else { return ["no"] }
            let prefix = interface.prefix
            #expect(prefix.broadcast == nil || prefix.broadcast == prefix.last)
            return [
                interface.description, prefix.description, prefix.last.description, prefix.firstHost.description,
                prefix.lastHost.description, "\(prefix.hostCount)",
            ]
        }
        #expect(seen == Set(Leniency.allCases))
    }

    @Test func subnets() throws {
        var random = RandomAddress(seed: 3)
        var texts: [String] = []
        for _ in 0..<2000 {
            let prefix = random.prefix()
            let text = "\(random.text(prefix.network))/\(prefix.length)"
            texts += [text, random.mutated(text), "\(random.text(prefix.last))/\(prefix.length)"]
        }
        let seen = try compare("subnet", texts) { text in [(try? Prefix(text))?.description ?? "no"] }
        #expect(seen == Set(Leniency.allCases))
    }

    @Test func pairsOfSubnets() throws {
        var random = RandomAddress(seed: 4)
        var requests: [[String]] = []
        var ours: [[String]] = []
        for _ in 0..<5000 {
            let left = random.prefix()
            let right = random.prefix(near: left)
            let address = random.address(near: left)
            requests.append(["pair", left.description, right.description, address.description])
            let marks = [
                left.contains(right), right.contains(left), left.overlaps(right), left.contains(address),
                right.contains(address), left < right,
            ]
            ours.append([marks.map { $0 ? "1" : "0" }.joined()])
        }
        let answers = try PythonOracle.answers(to: requests)
        try #require(answers.count == requests.count)
        for (request, (our, answer)) in zip(requests, zip(ours, answers)) where our != answer {
            Issue.record("\(request): topoc says \(our), Python \(answer)")
        }
        #expect(Set(ours).count > 10)
    }
}
