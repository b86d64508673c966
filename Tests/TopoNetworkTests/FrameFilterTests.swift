import Testing
import TopoModel
import TopoNetwork

/// What a LAN passes to a NIC that is not in promiscuous mode.
@Suite struct FrameFilterTests {
    @Test func onlyTheNICsOwnAddressGetsThrough() throws {
        let (own, other) = (try MACAddress("02:00:00:00:00:07"), try MACAddress("02:00:00:00:00:08"))
        #expect(FrameFilter.passes(to: own, behind: own))
        #expect(!FrameFilter.passes(to: other, behind: own))
        #expect(!FrameFilter.passes(to: nil, behind: own))
        #expect(!FrameFilter.passes(to: other, behind: nil))
        #expect(!FrameFilter.passes(to: nil, behind: nil))
    }
}
