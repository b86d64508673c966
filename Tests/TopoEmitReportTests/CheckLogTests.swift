import Testing

@testable import TopoEmitReport

/// What check.sh printed is read as it was meant.
@Suite struct CheckLogTests {
    @Test func resultsHaveWhatWasSeenBelowThem() {
        let log = CheckLog(
            name: "host1.tap",
            text: """
                # check.sh on host1
                ok 1 - c1 reaches c2 (10.1.0.12)
                not ok 2 - c1 reaches c3 (10.2.0.2)
                #   2 packets transmitted, 0 received
                #   100% packet loss
                1..2
                # host1: 1 of 2 hold

                """)
        #expect(log.results.map(\.isOK) == [true, false])
        #expect(log.results[0].description == "c1 reaches c2 (10.1.0.12)")
        #expect(log.results[1].details == ["2 packets transmitted, 0 received", "100% packet loss"])
        #expect(log.planned == 2 && !log.isFine && log.summary == "1 of 2 hold")
    }

    @Test func aLogThatEndsEarlyIsNotFine() {
        let log = CheckLog(name: "a", text: "1..3\nok 1 - one\nok 2 - two\n")
        #expect(!log.isFine && log.summary == "2 of 2 hold, 1 more were announced")
        let bailed = CheckLog(name: "a", text: "Bail out! needs root: try sudo\n")
        #expect(!bailed.isFine && bailed.summary == "0 of 0 hold; ended early: needs root: try sudo")
    }

    @Test func otherTextIsNoResult() {
        let log = CheckLog(name: "a", text: "okay\nnot okay\nhello\r\nok\r\nok 7\n")
        #expect(log.results.map(\.number) == [1, 7])
        #expect(log.isFine)
    }
}
