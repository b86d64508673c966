public import TopoEmit
internal import TopoModel
public import TopoPlan
public import TopoTemplates

/// Writes each host's `plain.sh`, `up.sh`, `down.sh`, `check.sh` and `capture.sh`, and for the lab what somebody outside asks.
public struct ShellBackend: Backend {
    /// The name by which the command line calls it.
    public static let name = "shell"

    /// Makes the backend.
    public init() {}

    /// Writes the scripts of all hosts.
    public func emit(_ plan: Plan, templates: Templates) -> [Artifact] {
        let made = plan.asMade
        let (wide, wideMade) = (PlanWide(plan), PlanWide(made))
        let outsides = plan.lans.compactMap { lan -> Artifact? in
            let name = NodeName(outsideOf: lan.name).host
            guard lan.outside != nil, wideMade.concerns(name) else { return nil }
            let nobody = HostPlan(name: name, description: nil, objects: [])
            let check = CheckScript(builder: SectionBuilder(nobody, of: wideMade), templates: templates)
            return Artifact(path: "outside/\(lan.name).sh", isExecutable: true, contents: check.text())
        }
        return outsides
            + zip(plan.hosts, made.hosts).flatMap { host, madeHost in
                let builder = SectionBuilder(madeHost, of: wideMade)
                let scripts = HostScripts(builder: builder, templates: templates)
                let check = CheckScript(builder: builder, templates: templates)
                let capture = CaptureScript(builder: SectionBuilder(host, of: wide), templates: templates)
                let plain = PlainScript(host: madeHost, plan: made, sections: scripts.sections, templates: templates)
                return [
                    Artifact(path: "\(host.name)/plain.sh", contents: plain.text()),
                    Artifact(path: "\(host.name)/up.sh", isExecutable: true, contents: scripts.up()),
                    Artifact(path: "\(host.name)/down.sh", isExecutable: true, contents: scripts.down()),
                    Artifact(path: "\(host.name)/check.sh", isExecutable: true, contents: check.text()),
                    Artifact(path: "\(host.name)/capture.sh", isExecutable: true, contents: capture.text()),
                ]
            }
    }

    /// Writes the scripts of all hosts with bare namespaces for containers.
    public func emitForLab(_ lab: Plan, of plan: Plan, templates: Templates) -> [Artifact] {
        emit(lab, templates: templates)
    }
}
