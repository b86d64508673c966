internal import TopoText

/// Text as a terminal may be given it: what would act on the terminal, or be read as something else than it is, is
/// made visible.
struct VisibleText {
    /// The text to write.
    private(set) var text = ""
    /// The columns it takes.
    private(set) var width = 0

    /// No text.
    init() {}

    /// A text of our own with names of the user's in it.
    init(_ text: String) {
        for scalar in text.unicodeScalars { append(scalar) }
    }

    /// Adds one scalar: as it is, or as what stands for it. A tab becomes four spaces.
    mutating func append(_ scalar: Unicode.Scalar) {
        if scalar == "\t" {
            append(literally: "    ", width: 4)
        } else if let replacement = standIn(for: scalar) {
            append(literally: replacement, width: replacement.unicodeScalars.count)
        } else {
            text.unicodeScalars.append(scalar)
            width += scalar.columns
        }
    }

    /// Adds a text that is known to be harmless.
    mutating func append(literally addition: String, width columns: Int) {
        text += addition
        width += columns
    }
}
