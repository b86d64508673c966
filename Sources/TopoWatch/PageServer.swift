import Dispatch
import FlyingSocks
import Synchronization

/// A server at work.
public final class PageServer: Sendable {
    /// The port that it serves.
    public let port: UInt16
    private let task: Task<Void, Never>
    private let end: DispatchSemaphore
    private let sockets: [Socket]
    private let isOver: Atomic<Bool>

    /// Serves on sockets that listen.
    init(_ board: Board, _ sockets: [Socket], port: UInt16, limits: ServingLimits) {
        self.port = port
        self.sockets = sockets
        let end = DispatchSemaphore(value: 0)
        self.end = end
        isOver = Atomic(false)
        task = Task.detached {
            await PageServer.run(board, sockets, LoopbackNames(port: port), limits)
            end.signal()
        }
    }

    /// Ends all connections and gives the port back. From another thread than those that tasks run on.
    public func stop() {
        guard !isOver.exchange(true, ordering: .relaxed) else { return }
        task.cancel()
        // Nothing that is left to do takes long; a process that is asked to end does, whatever hangs.
        _ = end.wait(timeout: .now() + 2)
        for socket in sockets { try? socket.close() }
    }

    private static func run(
        _ board: Board, _ sockets: [Socket], _ names: LoopbackNames, _ limits: ServingLimits
    ) async {
        let pool: SocketPool<ePoll> = .ePoll()
        guard (try? await pool.prepare()) != nil else { return }
        await withTaskGroup(of: Void.self) { group in
            group.addTask { try? await pool.run() }
            for socket in sockets {
                group.addTask {
                    await accept(socket, pool, Places(limits.places)) {
                        await Connection($0, board, names, limits).serve()
                    }
                }
            }
            await group.next()
            group.cancelAll()
        }
    }

    /// Takes connections until it is cancelled.
    private static func accept(
        _ socket: Socket, _ pool: SocketPool<ePoll>, _ places: Places,
        _ serve: @escaping @Sendable (AsyncSocket) async -> Void
    ) async {
        guard let listening = try? AsyncSocket(socket: socket, pool: pool) else { return }
        await withDiscardingTaskGroup { group in
            while !Task.isCancelled {
                guard let connection = try? await listening.accept() else {
                    // No descriptor is left, or the client has gone already: it is not the end of all.
                    try? await Task.sleep(for: .milliseconds(50))
                    continue
                }
                guard places.take() else {
                    try? connection.close()
                    continue
                }
                group.addTask {
                    await serve(connection)
                    places.giveBack()
                }
            }
            group.cancelAll()
        }
    }
}

/// The connections that there may be at a time.
private final class Places: Sendable {
    private let left: Mutex<Int>

    init(_ count: Int) { left = Mutex(count) }

    /// Takes a place; false where there is none.
    func take() -> Bool {
        left.withLock { left in
            guard left > 0 else { return false }
            left -= 1
            return true
        }
    }

    func giveBack() { left.withLock { $0 += 1 } }
}
