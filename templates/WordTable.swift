/// A list of names, found by their bytes among the words of shell code: letters, digits and underscores.
///
/// Every build looks through all functions and all that it writes, so the words are not made strings.
struct WordTable: Sendable {
    private let names: [[UInt8]]
    /// The indices of the names with the same remainder of their hash.
    private let buckets: [[Int]]

    /// Takes names, each only once.
    init(_ names: [String]) {
        self.names = names.map { Array($0.utf8) }
        var buckets = Array(repeating: [Int](), count: WordTable.bucketCount)
        for (index, name) in self.names.enumerated() {
            let hash = name.reduce(WordTable.hashOffset, WordTable.hash)
            buckets[Int(hash % UInt32(WordTable.bucketCount))].append(index)
        }
        self.buckets = buckets
    }

    /// The indices of the names that stand in a text, as often as they do.
    func indices(in text: some Collection<UInt8>) -> [Int] {
        var found: [Int] = []
        var hash = WordTable.hashOffset
        var start: Int?
        let bytes = Array(text)
        for (index, byte) in bytes.enumerated() {
            if WordTable.isNamePart(byte) {
                start = start ?? index
                hash = WordTable.hash(hash, byte)
            } else if let wordStart = start {
                if let place = place(of: bytes[wordStart..<index], hash) { found.append(place) }
                (start, hash) = (nil, WordTable.hashOffset)
            }
        }
        if let start, let place = place(of: bytes[start...], hash) { found.append(place) }
        return found
    }

    private func place(of word: ArraySlice<UInt8>, _ hash: UInt32) -> Int? {
        buckets[Int(hash % UInt32(WordTable.bucketCount))].first { names[$0].elementsEqual(word) }
    }

    private static let bucketCount = 1024

    // FNV-1a, 32 bits.
    private static let hashOffset: UInt32 = 0x811C_9DC5
    private static func hash(_ hash: UInt32, _ byte: UInt8) -> UInt32 { (hash ^ UInt32(byte)) &* 0x0100_0193 }

    private static func isNamePart(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"): true
        default: false
        }
    }
}
