/// Percent-encoding for paths, queries and forms; `+` becomes `%2B`, so that an E.164 number arrives as it is.
public enum PercentEncoding {
    /// Encodes everything but letters, digits and `-._~`, as UTF-8.
    public static func encode(_ text: String) -> String {
        var result = ""
        for byte in text.utf8 {
            if isUnreserved(byte) {
                result.unicodeScalars.append(Unicode.Scalar(byte))
            } else {
                result += "%" + hex(byte >> 4) + hex(byte & 15)
            }
        }
        return result
    }

    /// Joins names and values as `a=1&b=2`, both encoded, in their order; a blank becomes `%20`.
    public static func query(_ items: [(String, String)]) -> String {
        items.map { encode($0.0) + "=" + encode($0.1) }.joined(separator: "&")
    }

    /// The body of an `application/x-www-form-urlencoded` request.
    public static func form(_ items: [(String, String)]) -> [UInt8] { Array(query(items).utf8) }

    private static func hex(_ digit: UInt8) -> String { String(digit, radix: 16, uppercase: true) }

    private static func isUnreserved(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
        case UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "~"): true
        default: false
        }
    }
}
