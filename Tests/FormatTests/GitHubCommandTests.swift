import Testing
import TopoDiagnostics
import TopoFindings

@Suite struct GitHubCommandTests {
    @Test func aFindingIsOneLine() {
        #expect(
            githubCommands(.withEdits) == """
                ::error file=./some where/a%3Ab.topo,line=1,endLine=1,col=3,title=T0204::a message%0Ahere%0A\
                line 2: related%0Aa note%0Ahelp: a way out

                """)
    }

    @Test func nothingOfTheFileIsACommandOrAnAttribute() {
        #expect(
            githubCommands(.hostile) == """
                ::warning file=a%0A%3A%3Aerror%3A%3A%25.topo,line=1,endLine=1,col=1,title=T0212::␛]0;"\\␊␀%0A\
                100%25, all: ␍

                """)
    }

    @Test func noFindingIsNoLine() {
        #expect(githubCommands(FileFindings(SourceFile(path: "a.topo", bytes: []), [])) == "")
    }
}
