/// What a figure shows, and how.
public struct FigureOptions: Sendable, Hashable {
    /// What of the topology it shows.
    public var view: FigureView
    /// Its colours.
    public var theme: Theme
    /// The language of its words; names and what commands print stay as they are.
    public var language: Language
    /// Which containers are drawn as one.
    public var folding: Folding
    /// Whether layer 3 says where hosts and routers send what is for no subnet that they know.
    public var showsDefaultRoutes: Bool
    /// Which MACs it shows.
    public var macs: Details
    /// Which MTUs it shows.
    public var mtus: Details
    /// A packet's way, drawn over the figure; none where empty.
    public var trail: Trail

    /// Makes options; without any, those of the figures that `topoc build` writes for layer 2.
    public init(
        view: FigureView = .layer2, theme: Theme = .light, language: Language = .english,
        folding: Folding = .automatic, showsDefaultRoutes: Bool = false,
        macs: Details = .automatic, mtus: Details = .automatic, trail: Trail = Trail()
    ) {
        self.view = view
        self.theme = theme
        self.language = language
        self.folding = folding
        self.showsDefaultRoutes = showsDefaultRoutes
        self.macs = macs
        self.mtus = mtus
        self.trail = trail
    }
}
