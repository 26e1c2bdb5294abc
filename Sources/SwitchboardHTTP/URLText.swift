import SwitchboardCore

/// Builds the URLs of requests from a base URL and parts that come from anywhere.
public enum URLText {
    /// Joins a base URL, path segments and query items; every segment, name and value is percent-encoded.
    ///
    /// A slash at the end of the base makes no difference. Throws `invalid_argument` when the base is no absolute
    /// http or https URL, or has user information, a query or a fragment, and when a segment is empty, `.` or `..`.
    public static func join(
        _ base: String, _ segments: [String] = [], query: [(String, String)] = []
    ) throws -> String {
        try check(base)
        var result = base
        while result.hasSuffix("/") { result.removeLast() }
        for segment in segments {
            guard !segment.isEmpty, segment != ".", segment != ".." else {
                throw SwitchboardError(.invalidArgument, "'\(segment)' cannot be a part of a URL's path")
            }
            result += "/" + PercentEncoding.encode(segment)
        }
        return query.isEmpty ? result : result + "?" + PercentEncoding.query(query)
    }

    private static func check(_ base: String) throws {
        guard let parts = URLParts(base), parts.scheme == "http" || parts.scheme == "https", !parts.hasUserInfo,
            !parts.rest.contains("?"), !parts.rest.contains("#")
        else {
            throw SwitchboardError(
                .invalidArgument, "a base URL has the form https://host/path, without user, query and fragment")
        }
    }
}
