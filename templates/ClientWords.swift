/// What shell functions call a daemon of containers, and its client: LXD's, or Incus's.
public struct ClientWords: Sendable, Hashable {
    /// The client's command: `lxc`.
    public let command: String
    /// What people call the daemon: `LXD`.
    public let product: String
    /// The command that sets the daemon up: `lxd init`.
    public let setUp: String

    /// Makes the words of a daemon.
    public init(command: String, product: String, setUp: String) {
        (self.command, self.product, self.setUp) = (command, product, setUp)
    }

    /// What the places of `Places.client` are filled with.
    var fillings: [String: Filling] {
        ["client": .text(command), "product": .text(product), "setUp": .text(setUp)]
    }
}
