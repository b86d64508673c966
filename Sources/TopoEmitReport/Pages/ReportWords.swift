public import TopoEmitGraphviz
internal import TopoForwarding
internal import TopoTemplates
internal import TopoText

/// The words of a report in its language. Names, and what commands print, stay as they are; a CSV, which programs read,
/// has always the English ones.
public struct ReportWords: Sendable, Hashable {
    /// The language.
    let language: Language

    /// Makes the words of a language.
    public init(_ language: Language) { self.language = language }

    /// The English words.
    public static let english = ReportWords(.english)

    /// A text in the language.
    public func say(_ english: String, _ spanish: String) -> String {
        switch language {
        case .english: english
        case .spanish: spanish
        }
    }

    /// How a path ends that is not answered. The reasons in full are English: in another language it is the place alone.
    func loss(_ path: Path) -> String {
        switch language {
        case .english: path.words
        case .spanish: "se pierde en \(path.ending.node)"
        }
    }

    /// What a page says itself, by the names of its template's places.
    var page: [String: Filling] {
        [
            "language": language.rawValue, "skip": say("Skip to the report", "Ir al informe"),
            "navigation": say("Contents", "Contenido"), "drawings": say("Figures", "Figuras"),
            "search": say("Search", "Buscar"), "look_for": say("name, address, MAC", "nombre, dirección, MAC"),
            "theme": say("Colours", "Colores"),
            "theme_now": say("Colours: as the system has them", "Colores: los del sistema"),
            "from": say("From", "Desde"), "to": say("To", "Hasta"), "trace": say("Trace", "Trazar"),
            "clear": say("Clear", "Borrar"),
            "hint": say(
                "Choose two containers, here or in a figure. The page draws the path that topoc predicts for an echo request over the figures, and describes it below.",
                "Elija dos contenedores, aquí o en una figura. La página dibuja sobre las figuras el camino que topoc predice para una petición de eco, y lo describe debajo."
            ),
            "without_script": say(
                "Without JavaScript the page shows the figures one below the other, and can't trace, search or zoom.",
                "Sin JavaScript, la página muestra las figuras una debajo de otra, y no puede trazar, buscar ni ampliar."
            ),
            "larger": say("Larger", "Ampliar"), "smaller": say("Smaller", "Reducir"), "whole": say("All", "Todo"),
            "footer": say(
                "Written by topoc from the same plan as the scripts.",
                "Escrito por topoc a partir del mismo plan que los guiones."),
        ].mapValues { .text(HTML.text($0)) }
    }
}
