import Foundation

/// The processes of this machine with a word in their command line, by these lines as `ps` shows them.
public func processes(naming word: String) -> [String] {
    let numbers = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
    return numbers.filter { Int($0) != nil }.compactMap { number in
        guard let line = FileManager.default.contents(atPath: "/proc/\(number)/cmdline") else { return nil }
        let text = String(decoding: line, as: UTF8.self)
        return text.contains(word) ? text : nil
    }
}
