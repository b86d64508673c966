import RandomTopologies
import Testing

/// Where nothing is said of packets that do not arrive, whatever is meant to arrive does; where an error says that something is
/// lost, something is. Of random topologies, most of them right or with one slip.
///
/// `scripts/random.sh --silent COUNT SEED` tries as many as you like.
@Suite struct SilenceTests {
    @Test func whatNothingIsSaidOfArrives() {
        let tally = Tally(seeds: 301..<481)
        #expect(tally.found.map(\.kind) == [], "\(tally.report)")
        // Enough of them are right, enough are wrong, and nothing of what can be drawn is forgotten.
        #expect(tally.judged > 160 && tally.silent * 5 > tally.judged * 2, "\(tally.report)")
        #expect(tally.withErrors * 5 > tally.judged && tally.rightWithErrors * 7 < tally.right, "\(tally.report)")
        #expect(tally.pairs > 100 * tally.judged && tally.losses > tally.judged, "\(tally.report)")
        #expect(tally.features.count >= 36 && tally.slips.count >= 22, "\(tally.report)")
    }

    /// The same where there are VLANs.
    @Test func whatNothingIsSaidOfArrivesInItsVLAN() {
        let tally = Tally(seeds: 1..<61, rates: .tagged)
        #expect(tally.found.map(\.kind) == [], "\(tally.report)")
        #expect(tally.judged > 50 && tally.silent * 3 > tally.judged, "\(tally.report)")
        #expect(tally.pairs > 100 * tally.judged && tally.losses > 0, "\(tally.report)")
        for feature in [
            "native VLAN", "router of VLANs", "trunk into a container", "VLAN interface as a port", "trunk with an MTU",
            "two VLANs with one subnet",
        ] {
            #expect(tally.features[feature] != nil, "\(tally.report)")
        }
    }

    /// The same where there are NAT, single addresses and the world outside.
    @Test func whatNothingIsSaidOfArrivesFromBehindNAT() {
        let tally = Tally(seeds: 1..<81, rates: .outside)
        #expect(tally.found.map(\.kind) == [], "\(tally.report)")
        #expect(tally.judged > 70 && tally.silent * 3 > tally.judged, "\(tally.report)")
        #expect(tally.rightWithErrors * 5 < tally.right, "\(tally.report)")
        #expect(tally.pairs > 100 * tally.judged && tally.losses > 0, "\(tally.report)")
        for feature in [
            "the world outside", "NAT", "one subnet behind several hosts", "NAT with an exception",
            "NAT to an address of its own", "NAT of stated sources", "published port", "single address",
            "announced address", "ping check of the world",
        ] {
            #expect(tally.features[feature] != nil, "\(tally.report)")
        }
    }

    /// No kernel that random topologies are tried on has both: fixtures have the two together.
    @Test func noneHasVLANsAndNAT() {
        func count(_ rates: RandomTopology.Rates, _ words: String...) -> Int {
            (1...60).count { seed in
                let text = RandomTopology.drawn(seed: seed, rates: rates).draft.text
                return words.contains { text.contains($0) }
            }
        }
        #expect(count(.tagged, "vlans:", "vlan-filtering:") > 50 && count(.tagged, "nat:", "publish:") == 0)
        #expect(count(.outside, "nat:", "publish:") > 40)
        for rates in [RandomTopology.Rates(), .lab, .outside] {
            #expect(count(rates, "vlans:", "vlan-filtering:") == 0)
        }
    }

    @Test func theSameSeedIsTheSameTopology() {
        for seed in 1...50 {
            #expect(RandomTopology.drawn(seed: seed).draft.text == RandomTopology.drawn(seed: seed).draft.text)
        }
        #expect(Set((1...50).map { RandomTopology.drawn(seed: $0).draft.text }).count == 50)
    }
}
