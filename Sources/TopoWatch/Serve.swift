import FlyingSocks
import Glibc

/// Serves what is on a board to browsers on this machine, from now on.
/// - Parameters:
///   - port: the port of 127.0.0.1; 0 for any that is free.
///   - withIPv6: the same port of ::1 too.
/// - Throws: `ListenError`.
public func serve(_ board: Board, port: UInt16, withIPv6: Bool = false) throws(ListenError) -> PageServer {
    try serve(board, port: port, withIPv6: withIPv6, limits: ServingLimits())
}

/// The same with other limits.
func serve(
    _ board: Board, port: UInt16, withIPv6: Bool = false, limits: ServingLimits
) throws(ListenError) -> PageServer {
    let first = try listen(Loopback.ipv4, port: port)
    let served = Loopback.port(of: first) ?? port
    guard withIPv6 else { return PageServer(board, [first], port: served, limits: limits) }
    do throws(ListenError) {
        return PageServer(board, [first, try listen(Loopback.ipv6, port: served)], port: served, limits: limits)
    } catch {
        try? first.close()
        throw error
    }
}

/// The two addresses that no other machine can reach.
private enum Loopback: String {
    case ipv4 = "127.0.0.1"
    case ipv6 = "::1"

    static func port(of socket: Socket) -> UInt16? {
        switch try? socket.sockname() {
        case .ip4(_, let port), .ip6(_, let port): port
        case .unix, nil: nil
        }
    }

    /// A socket bound to it. What is left of connections of a server before this one is in nobody's way
    /// (SO_REUSEADDR); a server that is there is.
    func bound(to port: UInt16) throws -> Socket {
        let socket = try Socket(domain: self == .ipv4 ? AF_INET : AF_INET6)
        socket.keepFromChildren()
        do {
            try socket.setValue(true, for: .localAddressReuse)
            switch self {
            case .ipv4: try socket.bind(to: .inet(ip4: rawValue, port: port))
            case .ipv6: try socket.bind(to: .inet6(ip6: rawValue, port: port))
            }
        } catch {
            try? socket.close()
            throw error
        }
        return socket
    }
}

private func listen(_ address: Loopback, port: UInt16) throws(ListenError) -> Socket {
    do {
        let socket = try address.bound(to: port)
        try socket.listen()
        return socket
    } catch SocketError.failed(_, let code, _) {
        throw ListenError(address: address.rawValue, port: port, code: code)
    } catch {
        throw ListenError(address: address.rawValue, port: port, code: EINVAL)
    }
}

extension Socket {
    /// Closes it in every program that this process runs (FD_CLOEXEC): one that draws a figure would keep the port, and
    /// connections, for as long as it takes.
    func keepFromChildren() { _ = fcntl(file.rawValue, F_SETFD, FD_CLOEXEC) }
}
