/// Texts for workflow commands of GitHub Actions, as the runner unescapes them.
public enum GitHub {
    /// A command's message.
    public static func message(_ text: String) -> String {
        text.replacingBytes("%", with: "%25").replacingBytes("\r", with: "%0D").replacingBytes("\n", with: "%0A")
    }

    /// A property's value, in which the signs between properties are escaped as well.
    public static func property(_ text: String) -> String {
        message(text).replacingBytes(":", with: "%3A").replacingBytes(",", with: "%2C")
    }
}
