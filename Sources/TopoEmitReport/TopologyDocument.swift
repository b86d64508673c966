internal import FoundationEssentials
internal import TopoModel
internal import TopoPlan

/// `topology.json`: the plan as other programs read it. `docs/json.md` describes every key.
struct TopologyDocument: Encodable {
    /// Raised where a key changes its meaning or goes; new keys do not raise it.
    let version = 1
    let name: String
    let title: String
    let description: String?
    let runtime: String
    let bridgeTools: String
    let lans: [LANDocument]
    let hosts: [HostDocument]
    let expectations: [ExpectationDocument]

    init(_ plan: Plan) {
        name = plan.name
        title = plan.title
        description = plan.description
        runtime = plan.runtime.rawValue
        bridgeTools = plan.bridgeTools.rawValue
        lans = plan.lans.map(LANDocument.init)
        hosts = plan.hosts.map(HostDocument.init)
        expectations = plan.expectations.map(ExpectationDocument.init)
    }

    /// The document's text: keys sorted and spelt as `ip -j` spells its own, a line a value, a line feed at the end.
    func json() throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        encoder.keyEncodingStrategy = .convertToSnakeCase
        return String(decoding: try encoder.encode(self), as: UTF8.self) + "\n"
    }
}

/// A LAN.
struct LANDocument: Encodable {
    struct Plug: Encodable {
        let host: String
        let nic: String
    }

    let name: String
    let description: String?
    let subnets: [String]
    let mtu: SettingDocument<Int>
    let promiscuous: Bool
    let virtualBoxNetwork: String?
    let plugs: [Plug]

    init(_ lan: PlannedLAN) {
        name = lan.name
        description = lan.description
        subnets = lan.subnets.map(\.description)
        mtu = SettingDocument(lan.mtu)
        promiscuous = lan.isPromiscuous
        virtualBoxNetwork = lan.virtualBoxNetwork
        plugs = lan.plugs.map { Plug(host: $0.host, nic: $0.nic) }
    }

    enum CodingKeys: String, CodingKey {
        case name, description, subnets, mtu, promiscuous, plugs
        case virtualBoxNetwork = "virtualboxNetwork"
    }
}

/// A value that may be derived, and from what.
struct SettingDocument<Value: Encodable>: Encodable {
    let value: Value
    let derived: Bool
    let from: String?

    init<Planned>(_ setting: Setting<Planned>, _ value: (Planned) -> Value) {
        self.value = value(setting.value)
        switch setting.source {
        case .written:
            derived = false
            from = nil
        case .derived(let reason):
            derived = true
            from = reason
        }
    }
}

extension SettingDocument where Value == Int {
    init(_ setting: Setting<Int>) { self.init(setting) { $0 } }
}

extension SettingDocument where Value == String {
    init<Planned: CustomStringConvertible>(_ setting: Setting<Planned>) { self.init(setting) { $0.description } }
}
