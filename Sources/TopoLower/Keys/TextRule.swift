/// What a text on one line may be, as far as a pattern can say it.
public enum TextRule: Sendable, Hashable, CaseIterable {
    /// No sign in it that a reader would not see.
    case visible
    /// The same, and it begins with no hyphen: a command would take it for an option.
    case argument
    /// The same, with something in it and without white space.
    case image
    /// Two numbers with a hyphen between them.
    case numberRange

    /// A regular expression (ECMA-262 and Python) that every such text matches.
    ///
    /// It lets through what topoc refuses beyond U+FFFF, since an expression of ECMA-262 sees two signs there, and what
    /// Unicode has not assigned, since that changes.
    public var pattern: String {
        switch self {
        case .visible: "^[^\(TextRule.hidden)]*\(TextRule.end)"
        case .argument: "^(?!-)[^\(TextRule.hidden)]*\(TextRule.end)"
        case .numberRange: "^[0-9]+-[0-9]+\(TextRule.end)"
        case .image: "^(?!-)[^\(TextRule.hidden)\\s]+\(TextRule.end)"
        }
    }

    /// The end of a text: to some readers `$` is before a last line feed too.
    private static let end = #"(?![\s\S])"#

    /// C0, C1, the separators of lines and paragraphs, other formatting but for the joiners, and what is for private use
    /// (Unicode's Cc, Cf, Zl, Zp and Co).
    private static let hidden =
        #"\u0000-\u001f\u007f-\u009f\u2028\u2029\u00ad\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u180e\u200b\u200e\u200f"#
        + #"\u202a-\u202e\u2060-\u206f\ue000-\uf8ff\ufeff\ufff9-\ufffb"#
}
