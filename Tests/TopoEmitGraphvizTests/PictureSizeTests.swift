import Testing
import TopoEmitGraphviz

/// A picture that no program can show is refused.
@Suite struct PictureSizeTests {
    private func png(_ width: UInt32, _ height: UInt32) -> [UInt8] {
        let numbers = [width, height].flatMap { number in
            [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: number >> $0) }
        }
        return [0x89] + Array("PNG\r\n\u{1A}\n".utf8) + [0, 0, 0, 13] + Array("IHDR".utf8) + numbers + [8, 6, 0, 0, 0]
    }

    @Test func aPNGOfGraphvizsLargestSizeWasMadeSmaller() {
        for (width, height) in [(32_767, 400), (400, 32_767), (70_000, 70_000)] as [(UInt32, UInt32)] {
            #expect(PictureSize.complaint(png: png(width, height))?.contains("--fold 1") == true)
        }
        for (width, height) in [(32_766, 400), (400, 32_766), (1, 1)] as [(UInt32, UInt32)] {
            #expect(PictureSize.complaint(png: png(width, height)) == nil)
        }
        #expect(
            PictureSize.complaint(png: []) == nil
                && PictureSize.complaint(png: Array("no picture at all, but text".utf8)) == nil)
    }

    @Test func aPDFsPageHasALargestSize() {
        func pdf(_ box: String) -> [UInt8] { [0x25, 0xE2] + Array("<< /Type /Page /MediaBox [ \(box) ] >>".utf8) }
        #expect(PictureSize.complaint(pdf: pdf("0 0 14400 200")) == nil)
        #expect(PictureSize.complaint(pdf: pdf("0 0 14401 200"))?.contains("200 inches") == true)
        #expect(PictureSize.complaint(pdf: pdf("0 0 200 14400.5")) != nil)
        #expect(PictureSize.complaint(pdf: Array("%PDF without".utf8)) == nil)
    }
}
