internal import TopoPlan
internal import TopoText

extension Report {
    /// The report as a LaTeX document for pdfLaTeX, with packages of the smallest installation (texlive-latex-base).
    public var latex: String {
        var lines = [
            "\\documentclass[a4paper]{article}", "\\usepackage[utf8]{inputenc}",
            // Scalable fonts either way: without Latin Modern, those of the OT1 encoding are the ones that are there.
            "\\IfFileExists{lmodern.sty}{\\usepackage[T1]{fontenc}\\usepackage{lmodern}}{}",
            "\\usepackage[margin=2cm]{geometry}", "\\usepackage{graphicx}", "\\usepackage{longtable}",
            "\\usepackage{array}", "\\setlength{\\tabcolsep}{3pt}",
            "\\title{\(LaTeX.text(plan.title))}", "\\author{}", "\\date{}", "\\begin{document}", "\\maketitle",
        ]
        if let description = plan.description { lines += [LaTeX.text(description), ""] }
        lines += notes.flatMap { [LaTeX.text($0), ""] }
        for figure in figures {
            guard let file = figure.file else { continue }
            lines += [
                "\\begin{figure}[ht]\\centering",
                "\\includegraphics[width=\\linewidth,height=.8\\textheight,keepaspectratio]{\(LaTeX.path(file))}",
                "\\caption{\(LaTeX.text(figure.title))}", "\\end{figure}",
            ]
        }
        lines.append("\\clearpage")
        for table in tables {
            lines += ["\\section{\(LaTeX.text(table.title))}"]
            if !table.note.isEmpty { lines += [LaTeX.text(table.note), ""] }
            lines += table.rows.isEmpty ? [words.say("None.", "No hay.")] : table.latex
        }
        return (lines + ["\\end{document}"]).joined(separator: "\n") + "\n"
    }
}

extension Table {
    /// The table over as many pages as it needs. Columns share the width by their longest word and text.
    fileprivate var latex: [String] {
        let all = [columns] + rows
        let weights = columns.indices.map { column in
            Double(all.map { min(40, max(4, $0[column].unicodeScalars.count)) }.max() ?? 4)
        }
        let total = weights.reduce(0, +)
        let share = weights.map { weight in
            let thousandths = Int(weight / total * 1000)
            return
                ">{\\raggedright\\arraybackslash}p{\\dimexpr.\(Substring(String(thousandths + 1000).utf8.dropFirst()))\\linewidth-2\\tabcolsep}"
        }
        // More columns than a page is wide have to be smaller.
        let size = columns.count > 8 ? "tiny" : "footnotesize"
        func row(_ cells: [String]) -> String { cells.map(LaTeX.text).joined(separator: " & ") + " \\\\" }
        return ["{\\\(size)", "\\begin{longtable}{\(share.joined())}", "\\hline", row(columns), "\\hline", "\\endhead"]
            + rows.map(row) + ["\\hline", "\\end{longtable}}"]
    }
}
