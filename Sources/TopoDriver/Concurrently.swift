internal import Dispatch
internal import Synchronization

/// Does things side by side, on as many processors as there are.
/// - Returns: what they give, in their order.
/// - Throws: what the first of them throws, in their order.
func concurrently<Result: Sendable>(_ jobs: [@Sendable () throws -> Result]) throws -> [Result] {
    let results = Mutex<[Int: Swift.Result<Result, any Error>]>([:])
    DispatchQueue.concurrentPerform(iterations: jobs.count) { index in
        let result = Swift.Result { try jobs[index]() }
        results.withLock { $0[index] = result }
    }
    let byIndex = results.withLock { $0 }
    return try jobs.indices.compactMap { try byIndex[$0]?.get() }
}
