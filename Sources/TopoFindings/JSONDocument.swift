internal import TopoDiagnostics
internal import TopoJSON
internal import TopoText

/// All findings as one JSON document, as `docs/json.md` describes it.
/// - Parameter files: the files in the order in which they were asked for.
public func jsonDocument(_ files: [FileFindings]) -> String {
    JSON.members(["version": 1, "files": .array(files.map(\.json))]).text
}

extension FileFindings {
    fileprivate var json: JSON {
        let errors = diagnostics.count { $0.severity == .error }
        return [
            "path": .string(ByteText.replaced(source.path)), "errors": .number(errors),
            "warnings": .number(diagnostics.count - errors),
            "findings": .array(diagnostics.map(json)),
        ]
    }

    private func json(_ diagnostic: Diagnostic) -> JSON {
        .members([
            "code": .string(diagnostic.code.rawValue),
            "severity": .string(diagnostic.severity.rawValue),
            "message": .string(diagnostic.message),
            "place": place(diagnostic.primary),
            "related": JSON.array(diagnostic.secondary.map(place)).unlessEmpty,
            "notes": JSON.strings(diagnostic.notes).unlessEmpty,
            "help": JSON.strings(diagnostic.help).unlessEmpty,
            "edits": JSON.array(diagnostic.edits.map(edit)).unlessEmpty,
        ])
    }

    private func place(_ label: Diagnostic.Label) -> JSON {
        .members([
            "start": position(label.span.start), "end": position(label.span.end),
            "text": label.text.isEmpty ? nil : .string(label.text),
        ])
    }

    private func edit(_ edit: Edit) -> JSON {
        [
            "start": position(edit.span.start), "end": position(edit.span.end),
            "replacement": .string(edit.replacement),
        ]
    }

    private func position(_ offset: Int) -> JSON {
        let position = source.position(at: offset)
        return ["offset": .number(offset), "line": .number(position.line), "column": .number(position.column)]
    }
}
