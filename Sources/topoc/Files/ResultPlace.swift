import Glibc
import TopoDiagnostics

/// Where a command's one result goes.
enum ResultPlace {
    /// A descriptor that this process was started with. It is written to and never opened anew: another opening would
    /// write from the file's start, over what others have written there.
    case descriptor(Int32)
    /// A file of that path.
    case file(String)

    /// Reads what the user said after `-o`: nothing and `-` are standard output; `/dev/stdout`, `/dev/stderr`, `/dev/fd/N`
    /// and `/proc/self/fd/N` are the descriptors that they name.
    init(_ path: String?) {
        guard let path, Array(path.utf8) != Array("-".utf8) else {
            self = .descriptor(StandardStream.output.rawValue)
            return
        }
        let number = ResultPlace.number(path)
        self = number.map(ResultPlace.descriptor) ?? .file(path)
    }

    /// The file's path; nil for a descriptor.
    var path: String? {
        switch self {
        case .descriptor: nil
        case .file(let path): path
        }
    }

    /// The number of the descriptor that a path names; nil where it names none.
    private static func number(_ path: String) -> Int32? {
        let bytes = Array(path.utf8)
        if bytes == Array("/dev/stdout".utf8) { return StandardStream.output.rawValue }
        if bytes == Array("/dev/stderr".utf8) { return StandardStream.error.rawValue }
        for folder in ["/dev/fd/", "/proc/self/fd/"].map({ Array($0.utf8) }) where bytes.starts(with: folder) {
            let digits = bytes[folder.count...]
            guard !digits.isEmpty, digits.allSatisfy({ UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }) else {
                return nil
            }
            return Int32(String(decoding: digits, as: UTF8.self))
        }
        return nil
    }
}
