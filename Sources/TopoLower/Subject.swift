/// What a message is about, as in `host1's bridge "lxdbr0"`.
///
/// Kept as parts: a topology has many elements and few of them need their words.
struct Subject: CustomStringConvertible {
    /// What it is.
    let kind: ElementKind
    /// Its name; nil for what has none, such as a route.
    var name: String?
    /// The name of the host or container that it is in.
    var owner: String?

    /// The phrase.
    var description: String {
        let owned = owner.map { "\($0)'s \(kind.rawValue)" }
        if let name { return "\(owned ?? kind.rawValue) \"\(name)\"" }
        return owned ?? (kind == .topology ? "the topology" : kind.withArticle)
    }
}
