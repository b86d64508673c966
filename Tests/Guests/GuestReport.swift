import Foundation

/// What one step in a kernel of its own printed, and its status.
public struct GuestReport: Sendable {
    /// Where the step ran, or on what, and which: `host1 up.sh`.
    public let title: String
    /// What it printed.
    public let text: String
    /// What the kernel's script says of its end: a number, for a step that has one.
    public let status: String

    /// The lines of TAP that say what a check found.
    public var results: [Substring] {
        text.split(separator: "\n").filter { $0.hasPrefix("ok ") || $0.hasPrefix("not ok ") }
    }

    /// Reads a kernel's output: a report is what stands between `== TITLE` and `== STATUS`.
    public static func all(in output: String) -> [GuestReport] {
        var reports: [GuestReport] = []
        var title: String?
        var text = ""
        for line in output.components(separatedBy: "\n") {
            guard line.hasPrefix("== ") else {
                text += line + "\n"
                continue
            }
            let words = String(line.dropFirst(3))
            if let open = title { reports.append(GuestReport(title: open, text: text, status: words)) }
            title = title == nil ? words : nil
            text = ""
        }
        return reports
    }
}
