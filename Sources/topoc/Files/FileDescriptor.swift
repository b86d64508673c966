import Glibc

/// An open file or directory, closed when it goes out of sight.
struct FileDescriptor: ~Copyable {
    let number: Int32

    /// Takes over what `open(2)` gave; nil, with `errno` as it is, where that failed.
    init?(_ number: Int32) {
        guard number >= 0 else { return nil }
        self.number = number
    }

    deinit { close(number) }

    /// What `fstat(2)` says of it; nil where that fails.
    var status: stat? {
        var status = stat()
        return fstat(number, &status) == 0 ? status : nil
    }

    /// Reads up to its end, and no further than `limit` bytes; nil, with `errno` set, where that fails.
    func bytes(upTo limit: Int) -> [UInt8]? { readAll(number, upTo: limit) }

    /// Writes all of a text; false, with `errno` set, where that fails.
    func write(_ text: String) -> Bool { writeAll(text, to: number) }

    /// Writes all of these bytes; false, with `errno` set, where that fails.
    func write(_ bytes: [UInt8]) -> Bool { writeAll(bytes, to: number) }
}

/// Reads an open file up to its end, and no further than `limit` bytes; nil, with `errno` set, where that fails.
func readAll(_ number: Int32, upTo limit: Int) -> [UInt8]? {
    var status = stat()
    let size = fstat(number, &status) == 0 ? Int(status.st_size) : 0
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: max(4096, min(limit, size + 1, 1 << 20)))
    while bytes.count < limit {
        let count = read(number, &chunk, min(chunk.count, limit - bytes.count))
        if count == 0 { break }
        if count < 0 {
            if errno == EINTR { continue }
            return nil
        }
        bytes += chunk[..<count]
    }
    return bytes
}

/// Writes all of a text to an open file; false, with `errno` set, where that fails.
func writeAll(_ text: String, to number: Int32) -> Bool {
    var text = text
    return text.withUTF8 { writeAll(UnsafeRawBufferPointer($0), to: number) }
}

/// Writes all of these bytes to an open file; false, with `errno` set, where that fails.
func writeAll(_ bytes: [UInt8], to number: Int32) -> Bool {
    bytes.withUnsafeBytes { writeAll($0, to: number) }
}

private func writeAll(_ buffer: UnsafeRawBufferPointer, to number: Int32) -> Bool {
    var rest = buffer[...]
    while !rest.isEmpty {
        let count = write(number, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
        if count < 0, errno != EINTR { return false }
        rest = rest.dropFirst(max(0, count))
    }
    return true
}

extension stat {
    /// True for a regular file.
    var isRegular: Bool { st_mode & S_IFMT == S_IFREG }
    /// True for a directory.
    var isDirectory: Bool { st_mode & S_IFMT == S_IFDIR }
}
