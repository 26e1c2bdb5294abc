/// The two namings of a protobuf field in JSON.
enum WireName {
    /// `next_page_token` becomes `nextPageToken`.
    static func camel(_ name: String) -> String {
        var result = ""
        var raises = false
        for character in name {
            if character == "_" {
                raises = true
            } else {
                result += raises ? character.uppercased() : String(character)
                raises = false
            }
        }
        return result
    }
}
