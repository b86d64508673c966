/// What becomes of an echo request as ping(8) sends it, of 84 bytes, from one host or container to another.
public enum Answer: Sendable, Hashable {
    /// It is answered, over so many routers there and back; `mtu` is the largest request that is answered, in bytes.
    case answered(hops: Int, hopsBack: Int, mtu: Int)
    /// It is not.
    case lost(Loss)

    /// Where and why a request is not answered.
    public struct Loss: Sendable, Hashable {
        /// Where something ends, for whichever two members of the classes.
        public enum Place: Sendable, Hashable {
            /// At who asks.
            case source
            /// At who is asked.
            case target
            /// At this host or container.
            case node(String)
        }

        /// True where the request arrives, and its answer is lost.
        public let isBack: Bool
        /// Where it ends.
        public let place: Place
        /// Why, in a few words without a name or an address of the case.
        public let reason: String
    }
}
