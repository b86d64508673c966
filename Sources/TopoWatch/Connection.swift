import FlyingSocks
import FoundationEssentials
import Glibc

/// A client's connection: one request, and its answer.
struct Connection: Sendable {
    private let socket: AsyncSocket
    private let board: Board
    private let names: LoopbackNames
    private let limits: ServingLimits

    /// Takes a connection over.
    init(_ socket: AsyncSocket, _ board: Board, _ names: LoopbackNames, _ limits: ServingLimits) {
        self.limits = limits
        self.socket = socket
        self.board = board
        self.names = names
        socket.socket.keepFromChildren()
    }

    /// Reads the request, answers it and closes the connection.
    func serve() async {
        defer { try? socket.close() }
        guard let request = await Connection.within(.seconds(10), { try await readHead() }) else { return }
        let head = RequestHead.end(in: request).flatMap { RequestHead(request[..<$0]) }
        let answer =
            if let head {
                Answer(to: head, at: names, page: board.current.page)
            } else if request.count >= RequestHead.sizeLimit {
                Answer.refusal(.headerFieldsTooLarge, "a request has \(RequestHead.sizeLimit) bytes at most")
            } else {
                Answer.refusal(.badRequest, "this is no request of HTTP/1.1")
            }
        switch answer {
        case .response(let response):
            let body = head?.method == "HEAD" ? "" : response.body ?? ""
            // In two writes: the page is one text for all who read it, and no copy of it is made here.
            let isWritten: Void? = await Connection.within(limits.answer) {
                try await write(response.text(isHead: true))
                try await write(body)
            }
            guard isWritten != nil else { return }
            await letGo()
        case .editions(let response): try? await tellEditions(after: response)
        }
    }

    /// Reads up to the end of the head, or as much as a head may be.
    private func readHead() async throws -> [UInt8] {
        var bytes: [UInt8] = []
        while RequestHead.end(in: bytes) == nil, bytes.count < RequestHead.sizeLimit {
            bytes += try await socket.read(atMost: RequestHead.sizeLimit - bytes.count)
        }
        return bytes
    }

    /// Writes a text, a piece at a time: that is all of it that is held for this client.
    /// - Throws: `ClientDoesNotRead` where a piece is not taken in time.
    private func write(_ text: String) async throws {
        var rest = text.utf8[...]
        while !rest.isEmpty {
            let piece = Data(rest.prefix(ServingLimits.pieceSize))
            guard await Connection.within(limits.piece, { try await socket.write(piece) }) != nil else {
                throw ClientDoesNotRead()
            }
            rest = rest.dropFirst(ServingLimits.pieceSize)
        }
    }

    /// Tells each edition until the client goes away, or this task is cancelled.
    private func tellEditions(after response: Response) async throws {
        try await write(response.text())
        await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                for await edition in board.editions() { try await write(edition.event) }
            }
            // Nothing is to come from the client but its end, which is seen by reading alone.
            group.addTask { while true { _ = try await socket.read(atMost: 4096) } }
            _ = await group.nextResult()
            group.cancelAll()
        }
    }

    /// Lets the client read to the end: to close where something of it is unread would take back what it has not read
    /// yet (RFC 9112, 9.6).
    private func letGo() async {
        shutdown(socket.socket.file.rawValue, Int32(SHUT_WR))
        _ = await Connection.within(.seconds(1)) {
            while true { _ = try await socket.read(atMost: 4096) }
        }
    }

    /// What a body gives within a time; nil where it throws, or takes longer.
    private static func within<Value: Sendable>(
        _ time: Duration, _ body: @escaping @Sendable () async throws -> Value
    ) async -> Value? {
        await withTaskGroup(of: Value?.self) { group in
            group.addTask { try? await body() }
            group.addTask {
                try? await Task.sleep(for: time)
                return nil
            }
            defer { group.cancelAll() }
            return await group.next() ?? nil
        }
    }
}

/// A client that has gone, or takes nothing of what is written to it.
private struct ClientDoesNotRead: Error {}
