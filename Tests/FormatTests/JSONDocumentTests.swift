import Testing
import TopoDiagnostics
import TopoFindings

@Suite struct JSONDocumentTests {
    @Test func hasEveryPartOfAFinding() {
        #expect(
            jsonDocument([.withEdits]) == #"""
                {
                  "version": 1,
                  "files": [
                    {
                      "path": "./some where/a:b.topo",
                      "errors": 1,
                      "warnings": 0,
                      "findings": [
                        {
                          "code": "T0204",
                          "severity": "error",
                          "message": "a message",
                          "place": {
                            "start": {
                              "offset": 9,
                              "line": 1,
                              "column": 3
                            },
                            "end": {
                              "offset": 10,
                              "line": 1,
                              "column": 4
                            },
                            "text": "here"
                          },
                          "related": [
                            {
                              "start": {
                                "offset": 11,
                                "line": 2,
                                "column": 1
                              },
                              "end": {
                                "offset": 14,
                                "line": 3,
                                "column": 1
                              },
                              "text": "related"
                            }
                          ],
                          "notes": [
                            "a note"
                          ],
                          "help": [
                            "a way out"
                          ],
                          "edits": [
                            {
                              "start": {
                                "offset": 9,
                                "line": 1,
                                "column": 3
                              },
                              "end": {
                                "offset": 10,
                                "line": 1,
                                "column": 4
                              },
                              "replacement": "X"
                            },
                            {
                              "start": {
                                "offset": 11,
                                "line": 2,
                                "column": 1
                              },
                              "end": {
                                "offset": 11,
                                "line": 2,
                                "column": 1
                              },
                              "replacement": "\"\n"
                            }
                          ]
                        }
                      ]
                    }
                  ]
                }

                """#)
    }

    @Test func aFileWithoutFindingsIsThere() {
        let text = jsonDocument([FileFindings(SourceFile(path: "a.topo", bytes: []), [])])
        #expect(
            text.contains("\"path\": \"a.topo\",\n      \"errors\": 0,\n      \"warnings\": 0,\n      \"findings\": []")
        )
    }
}
