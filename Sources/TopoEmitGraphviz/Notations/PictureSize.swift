/// The size of a picture that Graphviz has drawn, and whether programs can show it.
public enum PictureSize {
    /// The most pixels of a PNG in width or height. At 32,767 Graphviz makes the picture smaller, and nobody can read it.
    private static let pixels = 32_766
    /// The most points of a PDF's page in width or height: 200 inches, as Acrobat has it.
    private static let points = 14_400

    /// Why a PNG is of no use; nil where it is.
    /// - Parameter png: the picture's bytes.
    public static func complaint(png: [UInt8]) -> String? {
        // The signature, then the first chunk's length and type, then width and height (RFC 2083, 3.1 and 4.1.1).
        guard png.count >= 24, png[1...3].elementsEqual("PNG".utf8) else { return nil }
        let numbers = [16, 20].map { png[$0..<($0 + 4)].reduce(0) { $0 << 8 | Int($1) } }
        let largest = numbers.max() ?? 0
        return largest > pixels ? complaint("a PNG of more than \(pixels) pixels") : nil
    }

    /// Why a PDF is of no use; nil where it is.
    /// - Parameter pdf: the picture's bytes.
    public static func complaint(pdf: [UInt8]) -> String? {
        guard let box = pdf.firstRange(of: "/MediaBox [".utf8) else { return nil }
        let text = pdf[box.upperBound...].prefix { $0 != UInt8(ascii: "]") }
        let numbers = text.split(separator: UInt8(ascii: " ")).compactMap {
            Double(String(decoding: $0, as: UTF8.self))
        }
        return numbers.contains { $0 > Double(points) } ? complaint("a PDF's page of more than 200 inches") : nil
    }

    private static func complaint(_ what: String) -> String {
        """
        it is too large for \(what)
        draw containers alike as one (--fold 1), one host (--view host=NAME), or an SVG
        """
    }
}
