extension Unicode.Scalar {
    /// The columns that a terminal gives to the scalar: 0 where it combines with the one before, 2 where it is wide
    /// (Unicode Standard Annex 11, classes W and F), 1 otherwise.
    ///
    /// Swift has no table of East Asian widths. These are its blocks, which is more than its single scalars; the
    /// difference is in scalars that are not assigned.
    var columns: Int {
        if value < 0x300 { return 1 }
        switch properties.generalCategory {
        case .nonspacingMark, .enclosingMark, .format: return 0
        default: break
        }
        return Self.wide.contains { $0.contains(value) } ? 2 : 1
    }

    private static let wide: [ClosedRange<UInt32>] = [
        0x1100...0x115F,  // Hangul's leading consonants
        0x231A...0x231B, 0x23E9...0x23EC, 0x2614...0x2615, 0x2648...0x2653,  // clocks, signs that are emoji
        0x2E80...0x303E,  // radicals, CJK punctuation
        0x3041...0x4DBF,  // kana, Bopomofo, CJK extension A
        0x4E00...0xA4CF,  // CJK, Yi
        0xA960...0xA97F,  // Hangul's older leading consonants
        0xAC00...0xD7A3,  // Hangul's syllables
        0xF900...0xFAFF,  // CJK compatibility
        0xFE30...0xFE6F,  // vertical and small forms
        0xFF01...0xFF60, 0xFFE0...0xFFE6,  // full-width forms
        0x1F300...0x1F64F, 0x1F680...0x1F6FF, 0x1F900...0x1FAFF,  // emoji
        0x20000...0x3FFFD,  // CJK extensions B and on
    ]
}
