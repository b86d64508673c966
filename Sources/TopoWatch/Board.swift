import Synchronization

/// The place where an edition is put up, and where the connections look for it.
public final class Board: Sendable {
    /// A connection that waits for editions.
    private struct Reader {
        let number: Int
        let editions: AsyncStream<Edition>.Continuation
    }

    private struct State {
        var edition: Edition
        var readers: [Reader] = []
        var count = 0
    }

    private let state: Mutex<State>

    /// A board with its first edition.
    public init(_ edition: Edition) { state = Mutex(State(edition: edition)) }

    /// The edition that is up.
    public var current: Edition { state.withLock(\.edition) }

    /// Puts an edition up, and gives it to all who wait.
    public func post(_ edition: Edition) {
        state.withLock { state in
            state.edition = edition
            for reader in state.readers { reader.editions.yield(edition) }
        }
    }

    /// The edition that is up, and from then on each that is put up. Who is slow gets the newest alone.
    func editions() -> AsyncStream<Edition> {
        let (stream, continuation) = AsyncStream.makeStream(of: Edition.self, bufferingPolicy: .bufferingNewest(1))
        // What is up is given while nothing else can be put up: it would come after its successor.
        let number = state.withLock { state in
            state.count += 1
            state.readers.append(Reader(number: state.count, editions: continuation))
            continuation.yield(state.edition)
            return state.count
        }
        continuation.onTermination = { [weak self] _ in
            self?.state.withLock { state in state.readers.removeAll { $0.number == number } }
        }
        return stream
    }
}
