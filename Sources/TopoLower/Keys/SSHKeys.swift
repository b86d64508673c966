import TopoDiagnostics
import TopoModel
import TopoText

/// The keys of a host's `ssh:`.
enum SSHKeys {
    static let host = Key("host", .machine, "the address or name that SSH connects to, where it is not the host's name")
    static let user = Key("user", .user, "the user that logs in")
    static let port = Key("port", .number(UInt16(1)...65_535), "the port")

    static let all = [host.description, user.description, port.description]
}

extension ValueType where Value == Located<SSHAccess.Place> {
    /// A machine's address or name; both reach a command line, where a hyphen would begin an option.
    static var machine: Self {
        .word(.either([.address, .word(.machine)])) { word, key, findings in
            guard AddressOrName.looksLikeAddress(word.text) else {
                return findings.checked(word, key, .machine).map { .name($0) }
            }
            do throws(AddressError) {
                let address = try IPAddress(word.text)
                guard address.isMulticast || address.isUnspecified else { return .address(address) }
                findings.add(
                    .invalidValue, "\"\(key)\" is \(address), which no machine has", at: word.span,
                    help: ["write one of the host's own addresses"])
            } catch {
                findings.addInvalidAddress(word, .address, "an IP address", error)
            }
            return nil
        }
    }
}

extension ValueType where Value == Located<String> {
    /// A user's name.
    static var user: Self {
        .word(.word(.user)) { word, key, findings in findings.checked(word, key, .user) }
    }
}

extension Findings {
    /// The word's text; nil, with a finding, where it breaks the rule.
    fileprivate mutating func checked(_ word: ScalarWord, _ key: String, _ rule: WordRule) -> String? {
        if rule.holds(of: word.text) { return word.text }
        let reason =
            word.text.begins(with: "-")
            ? "begins with \"-\": ssh would take it for an option" : "is not \(rule.noun)"
        add(
            .invalidValue, "\"\(key)\" \(reason)", at: word.span, "expected \(rule.noun)",
            notes: ["it has \(rule.words)"],
            help: ["give it a short name in ~/.ssh/config, and write that"].filter { _ in rule == .machine }
                + ["leave user: out, and name the user in ~/.ssh/config"].filter { _ in rule == .user })
        return nil
    }
}
