import Foundation
import Synchronization

/// What the work comes to with each number from 0 on, all of them at once: for work that is mostly waiting, or on processors of
/// its own.
/// - Throws: the error of the lowest number that has one, once all have ended.
public func atOnce<Outcome: Sendable>(
    _ count: Int, _ work: @escaping @Sendable (Int) throws -> Outcome
) throws -> [Outcome] {
    let outcomes = Mutex<[Int: Result<Outcome, any Error>]>([:])
    let group = DispatchGroup()
    for number in 0..<count {
        group.enter()
        // A thread, and no queue of Dispatch: those have no more threads than there are processors.
        Thread.detachNewThread {
            let outcome = Result { try work(number) }
            outcomes.withLock { $0[number] = outcome }
            group.leave()
        }
    }
    group.wait()
    return try outcomes.withLock { $0 }.sorted { $0.key < $1.key }.map { try $0.value.get() }
}
