import Glibc

/// A connection to a server on this machine, by bytes.
final class Client {
    /// A connection that could not be made.
    struct Refused: Error {
        let code: Int32
    }

    private let descriptor: Int32

    /// Connects to a port of 127.0.0.1; what does not come in ten seconds does not come.
    init(port: UInt16) throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var time = timeval(tv_sec: 10, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &time, socklen_t(MemoryLayout<timeval>.size))
        let status = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard status == 0 else { throw Refused(code: errno) }
    }

    deinit { close(descriptor) }

    /// Sends a text.
    func send(_ text: String) {
        let bytes = Array(text.utf8)
        _ = Glibc.send(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL))
    }

    /// Reads to the end, or until what was read ends as said.
    func read(upTo end: String? = nil) -> String {
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 65536)
        while end.map({ !bytes.suffix($0.utf8.count).elementsEqual($0.utf8) }) ?? true {
            let count = recv(descriptor, &chunk, chunk.count, 0)
            guard count > 0 else { break }
            bytes += chunk[..<count]
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// What a server answers to a request.
    static func ask(_ port: UInt16, _ request: String) throws -> String {
        let client = try Client(port: port)
        client.send(request)
        return client.read()
    }
}
