/// What a client may take of a server.
struct ServingLimits: Sendable {
    /// The connections that there may be at a time: a browser makes six, and each open page keeps one.
    var places = 64
    /// How long a client may leave a piece unread before its connection is closed.
    var piece: Duration = .seconds(10)
    /// How long a whole answer may take.
    var answer: Duration = .seconds(60)

    /// What is written at once, in bytes: all that is held for each client.
    static let pieceSize = 32768
}
