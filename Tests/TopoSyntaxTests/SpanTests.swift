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
}
