import Testing
import TopoPlan

/// What a port of a bridge lets in and out (IEEE 802.1Q, 8.6 and 8.8).
@Suite struct PortVLANTests {
    private let port = PlannedPortVLANs(untagged: 10, tagged: [20...29, 40...40])

    @Test(
        arguments: [(0, 10), (10, 10), (20, 20), (29, 29), (40, 40), (19, nil), (30, nil), (41, nil)] as [(Int, Int?)])
    func aFrameThatComesInIsOfTheVLANOfItsTag(tag: Int, vlan: Int?) {
        #expect(port.inside(tag) == vlan)
    }

    @Test(arguments: [(10, 0), (20, 20), (29, 29), (40, 40), (9, nil), (30, nil)] as [(Int, Int?)])
    func aFrameLeavesWithItsTagOrWithout(vlan: Int, tag: Int?) {
        #expect(port.outside(vlan) == tag)
    }

    @Test func withoutAVLANOfItsOwnAPortDropsFramesWithoutATag() {
        #expect(PlannedPortVLANs(untagged: nil, tagged: [10...10]).inside(0) == nil)
    }

    @Test func rangesAreInOrderAndHaveNothingInCommon() {
        let ranges = [15...20, 10...29, 29...31, 5...5]
        #expect(PlannedPortVLANs(untagged: nil, tagged: ranges).tagged == [5...5, 10...31])
        #expect(PlannedPortVLANs(untagged: 3, tagged: [1...2, 4...4]).all == [1, 2, 3, 4])
    }
}
