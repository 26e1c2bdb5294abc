extension SIPTrunk {
    /// The trunk with its numbers in E.164, where they can be read as such, and its country in capitals.
    public func normalized() -> SIPTrunk {
        var trunk = self
        trunk.numbers = RoutingNumber.normalized(numbers)
        if direction == .inbound { trunk.allowedNumbers = RoutingNumber.normalized(allowedNumbers) }
        trunk.document.put(text: document.text("destination_country").uppercased(), "destination_country")
        return trunk
    }

    /// What is wrong with it: what LiveKit would refuse (contract section 4.2), and what it would take and not do.
    ///
    /// - Parameter isWanted: whether it may take the calls to every number.
    public func faults(catchAll isWanted: Bool) -> [RoutingFault] {
        let own = direction == .inbound ? inboundFaults(isWanted) : outboundFaults
        return own + credentialFaults + RoutingFaults.headers(document) + RoutingFaults.media(document)
    }

    private var credentialFaults: [RoutingFault] {
        if !authUsername.isEmpty, !hasPassword {
            return [RoutingFault(field: "auth_password", "there is a user name and no password")]
        }
        if authUsername.isEmpty, hasPassword {
            return [RoutingFault(field: "auth_username", "there is a password and no user name")]
        }
        return []
    }

    // MARK: Inbound

    private func inboundFaults(_ isWanted: Bool) -> [RoutingFault] {
        var faults = catchAllFaults(isWanted)
        faults += RoutingNumber.faults(numbers, "numbers")
        faults += RoutingNumber.faults(allowedNumbers, "allowed_numbers")
        faults += addressFaults
        return faults
            + ["ringing_timeout", "max_call_duration"].compactMap { RoutingFaults.negative(document, $0) }
    }

    private func catchAllFaults(_ isWanted: Bool) -> [RoutingFault] {
        guard numbers.isEmpty else { return [] }
        if !isWanted {
            return [
                RoutingFault(
                    field: "numbers", "without numbers the trunk takes the calls to every number",
                    help: "name the numbers it is for, or give --catch-all to take them all")
            ]
        }
        guard authUsername.isEmpty, !hasPassword, allowedAddresses.isEmpty else { return [] }
        return [
            RoutingFault(
                field: "numbers", "a trunk without numbers needs credentials or allowed addresses",
                help:
                    "set auth_username and auth_password, or allowed_addresses, so that not everybody can call in by it"
            )
        ]
    }

    private var addressFaults: [RoutingFault] {
        let entries = allowedAddresses.map { (text: $0, address: AllowedAddress($0)) }
        let isOpen = !entries.isEmpty && entries.allSatisfy { $0.address == .ignored }
        let faults = entries.compactMap { entry in addressFault(entry.text, entry.address, isOpen: isOpen) }
        return faults + RoutingFault.repeated(allowedAddresses, "allowed_addresses")
    }

    private func addressFault(_ text: String, _ address: AllowedAddress, isOpen: Bool) -> RoutingFault? {
        let help = "write an IP address, a CIDR such as 192.0.2.0/24, or a host name"
        let subject = "the allowed address '\(RoutingText.shown(text))'"
        switch address {
        case .address, .range, .host: return nil
        case .nowhere:
            return RoutingFault(field: "allowed_addresses", "\(subject) is no address and no host name", help: help)
        case .ignored:
            let effect = isOpen ? ", and as no other remains it lets every address in" : ""
            return RoutingFault(field: "allowed_addresses", "LiveKit ignores \(subject)\(effect)", help: help)
        }
    }

    // MARK: Outbound

    private var outboundFaults: [RoutingFault] {
        var faults: [RoutingFault] = []
        if numbers.isEmpty {
            faults.append(
                RoutingFault(
                    field: "numbers", "an outbound trunk needs a number that calls are made from",
                    help: "give a number in E.164, or * for any caller id"))
        }
        faults += RoutingNumber.faults(numbers, "numbers", wildcard: true)
        if address.isEmpty {
            faults.append(RoutingFault(field: "address", "an outbound trunk needs the carrier's address"))
        }
        faults += ["address", "from_host"].compactMap(hostFault)
        let country = document.text("destination_country")
        if !country.isEmpty, country.utf8.count != 2 || !country.utf8.allSatisfy({ (0x41...0x5A).contains($0 & 0xDF) })
        {
            faults.append(
                RoutingFault(
                    field: "destination_country", "'\(RoutingText.shown(country))' is not a country",
                    help: "name it by two letters, such as US"))
        }
        return faults
    }

    private func hostFault(_ field: String) -> RoutingFault? {
        let text = document.text(field)
        let shown = RoutingText.shown(text)
        if text.isEmpty { return nil }
        if text.contains("transport=") {
            return RoutingFault(
                field: field, "\(field) '\(shown)' has a transport in it", help: "set transport instead")
        }
        let scheme = text.lowercased().split(separator: ":").first
        if text.contains("@") || text.contains(";") || scheme == "sip" || scheme == "sips" {
            return RoutingFault(
                field: field, "\(field) '\(shown)' is a SIP URI", help: "leave the host name or IP address of it")
        }
        guard Self.isHostAndPort(text) else {
            return RoutingFault(
                field: field, "\(field) '\(shown)' is no host name and no IP address",
                help: "write it as sip.example.com or 192.0.2.1, with a port if need be")
        }
        return nil
    }

    private static func isHostAndPort(_ text: String) -> Bool {
        if IPAddress(text) != nil { return true }
        var host = text[...]
        if let colon = text.lastIndex(of: ":") {
            guard UInt16(text[text.index(after: colon)...]) != nil else { return false }
            host = text[..<colon]
        }
        let isBracketed = host.first == "[" && host.last == "]"
        if isBracketed { host = host.dropFirst().dropLast() }
        return IPAddress(String(host)) != nil || !isBracketed && AllowedAddress.isHost(String(host))
    }
}
