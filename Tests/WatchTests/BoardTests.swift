import Testing

@testable import TopoWatch

@Suite struct BoardTests {
    private func edition(_ number: Int) -> Edition { Edition(page: "", version: String(number)) }

    @Test func aReaderGetsWhatIsUpAndThenTheNewest() async throws {
        let board = Board(edition(0))
        var editions = board.editions().makeAsyncIterator()
        #expect(await editions.next() == edition(0))
        for number in 1...3 { board.post(edition(number)) }
        #expect(await editions.next() == edition(3))
        #expect(board.current == edition(3))
    }
}
