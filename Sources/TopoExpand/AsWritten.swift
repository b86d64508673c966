public import TopoDiagnostics

extension [Diagnostic] {
    /// The findings at the places where the file says what they are about. What is found in several copies of one text is
    /// told once, of the first. A change of one name would be one of the whole range: such changes are left out.
    public func asWritten(in source: SourceFile) -> [Diagnostic] {
        guard contains(where: { $0.isOfCopy(in: source) || !$0.edits.isEmpty }) else { return self }
        var places: [Place: Int] = [:]
        var ordinals: [Place: Int] = [:]
        var told: [(finding: Diagnostic, others: Int)] = []
        for finding in sortedByPlace() {
            let copy = finding.primary.span.start / source.lengthWithEnd
            let span = source.written(finding.primary.span)
            let ordinal = ordinals[Place(code: finding.code, span: span, copy: copy), default: 0]
            ordinals[Place(code: finding.code, span: span, copy: copy)] = ordinal + 1
            let place = Place(code: finding.code, span: span, copy: ordinal)
            if let index = places[place] {
                told[index].others += 1
            } else {
                places[place] = told.count
                told.append((finding, 0))
            }
        }
        return told.map { $0.finding.written(in: source, others: $0.others) }
    }

    private struct Place: Hashable {
        let code: DiagnosticCode
        let span: Span
        let copy: Int
    }
}

extension Diagnostic {
    /// True where one of its places is of a copy behind the first.
    fileprivate func isOfCopy(in source: SourceFile) -> Bool {
        primary.span.end > source.bytes.count || secondary.contains { $0.span.end > source.bytes.count }
            || edits.contains { $0.span.end > source.bytes.count }
    }

    /// The finding at the places that are written, which stands for others like it.
    fileprivate func written(in source: SourceFile, others: Int) -> Diagnostic {
        let place = source.written(primary.span)
        let labels = secondary.map { Label(source.written($0.span), $0.text) }
        // Two labels of one place would be drawn over each other.
        let apart = labels.filter { $0.span != place }
        let here = labels.filter { $0.span == place && !$0.text.isEmpty }.map { "on the same line: \($0.text)" }
        // Of more than are kept nobody knows how many they are.
        let number = others + 1 < [Diagnostic].limit / 2 ? "\(others)" : "many"
        let more = others == 0 ? [] : ["the same applies to \(number) more that this line stands for"]
        return Diagnostic(
            code, message, at: Label(place, primary.text), and: apart, notes: notes + here + more, help: help,
            edits: edits.allSatisfy { !source.hasRange(at: $0.span) }
                ? edits.map { Edit(source.written($0.span), $0.replacement) } : [], severity: severity)
    }
}

extension SourceFile {
    /// True where a range is written.
    fileprivate func hasRange(at span: Span) -> Bool {
        let text = text(of: written(span))
        return text.utf8.split(separator: UInt8(ascii: "/")).contains {
            NameRange.isMeant(by: String(decoding: $0, as: UTF8.self))
                && (try? NameRange(String(decoding: $0, as: UTF8.self))) != nil
        }
    }
}
