import Testing

@Suite struct SpanTests {
    @Test func aBlockMappingEndsWithItsLastValue() {
        let text = "a:\n  b: 1   # one\n  # more\n\nc: [x, {y: z} ]  \n# end\n"
        let expected = #"""
            mapping 0..<43 `a:\n  b: 1   # one\n  # more\n\nc: [x, {y: z} ]`
              a 0..<1 `a`:
                mapping 5..<9 `b: 1`
                  b 5..<6 `b`:
                    plain 1 8..<9 `1`
              c 28..<29 `c`:
                sequence 31..<43 `[x, {y: z} ]`
                  plain x 32..<33 `x`
                  mapping 35..<41 `{y: z}`
                    y 36..<37 `y`:
                      plain z 39..<40 `z`
            """#
        #expect(outline(text) == expected)
    }

    @Test func bytesAreCountedWithAByteOrderMarkAndLettersOfSeveral() {
        let expected = #"""
            mapping 3..<45 `é: ñandú # x\r\nb: "q\"é"   \r\nc: 'it''s'`
              é 3..<5 `é`:
                plain ñandú 7..<14 `ñandú`
              b 20..<21 `b`:
                quoted q"é 23..<30 `"q\"é"`
              c 35..<36 `c`:
                quoted it's 38..<45 `'it''s'`
            """#
        #expect(outline("\u{FEFF}é: ñandú # x\r\nb: \"q\\\"é\"   \r\nc: 'it''s'\r\n") == expected)
    }

    @Test func anEmptyValueIsJustAfterItsColonOrDash() {
        let expected = #"""
            mapping 0..<34 `e:\nf: {a, b: , c:   }\ng:\n- x\n-\nh :`
              e 0..<1 `e`:
                plain  2..<2 ``
              f 3..<4 `f`:
                mapping 6..<21 `{a, b: , c:   }`
                  a 7..<8 `a`:
                    plain  8..<8 ``
                  b 10..<11 `b`:
                    plain  12..<12 ``
                  c 15..<16 `c`:
                    plain  17..<17 ``
              g 22..<23 `g`:
                sequence 25..<30 `- x\n-`
                  plain x 27..<28 `x`
                  plain  30..<30 ``
              h 31..<32 `h`:
                plain  34..<34 ``
            """#
        #expect(
            outline("e:\nf: {a, b: , c:   }\ng:\n- x\n-\nh : # c\n") == expected)
    }

    @Test func blocksOfTextEndWithTheirLastLine() {
        let expected = #"""
            mapping 0..<59 `h: |\n  text\n   more\n\n\ni: >-\n  fold\n  it\n\n# c\nj: two\n  lines`
              h 0..<1 `h`:
                quoted text\n more\n 3..<19 `|\n  text\n   more`
              i 22..<23 `i`:
                quoted fold it 25..<39 `>-\n  fold\n  it`
              j 45..<46 `j`:
                plain two lines 48..<59 `two\n  lines`
            """#
        #expect(
            outline("h: |\n  text\n   more\n\n\ni: >-\n  fold\n  it\n\n# c\nj: two\n  lines # c\n") == expected)
    }

    @Test func anAnchorIsNoPartOfItsValue() {
        let expected = #"""
            mapping 0..<39 `a: &a\n  # c\n  k: &b "v"\nc: &c\nd: &d [x]`
              a 0..<1 `a`:
                mapping 14..<23 `k: &b "v"`
                  k 14..<15 `k`:
                    quoted v 20..<23 `"v"`
              c 24..<25 `c`:
                plain  29..<29 ``
              d 30..<31 `d`:
                sequence 36..<39 `[x]`
                  plain x 37..<38 `x`
            """#
        #expect(
            outline("a: &a\n  # c\n  k: &b \"v\"\nc: &c\nd: &d [x]\n") == expected)
    }

    @Test(arguments: ["\n", "\r\n"]) func aBlockScalarEndsWithItsText(lineEnd: String) {
        let text = ["a: |", "  x", "", "", "b: 1", ""].joined(separator: lineEnd)
        let place = lineEnd.utf8.count == 1 ? "3..<8 `|\\n  x`" : "3..<9 `|\\r\\n  x`"
        #expect(outline(text).contains(" \(place)"), "\(outline(text))")
    }
}
