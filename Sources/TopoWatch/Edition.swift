/// What is served at one time.
public struct Edition: Sendable, Hashable {
    /// What there is to say over the page.
    public struct Notice: Sendable, Hashable {
        /// How bad it is.
        public enum Severity: String, Sendable, Hashable, CaseIterable {
            case error
            case warning
        }

        /// How bad it is.
        public let severity: Severity
        /// One line: what the page below is.
        public let heading: String
        /// The messages, as a terminal shows them without colours.
        public let text: String

        /// Makes a notice.
        public init(_ severity: Severity, heading: String, text: String) {
            self.severity = severity
            self.heading = heading
            self.text = text
        }
    }

    /// The page, as HTML.
    public let page: String
    /// Another one where the page is another: an open page that finds it changed loads itself anew.
    public let version: String
    /// What there is to say over the page; nil where all is well.
    public let notice: Notice?

    /// Makes an edition.
    public init(page: String, version: String, notice: Notice? = nil) {
        self.page = page
        self.version = version
        self.notice = notice
    }

    /// The same page with something else to say over it.
    public func with(_ notice: Notice?) -> Edition { Edition(page: page, version: version, notice: notice) }
}
