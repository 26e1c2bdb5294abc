import SwitchboardCore

/// The steps that lead an account's own numbers to a SIP host, each with the read beside it.
enum CarrierSteps {
    static let all =
        trunk.cases + deleteTrunk.cases + origination.cases + deleteOrigination.cases + list.cases + deleteList.cases
        + credential.cases + attachList.cases + detachList.cases + attach.cases + detach.cases + restore.cases

    // MARK: The trunk

    private static let trunk = ContractChange<String>(
        name: "carrier-trunk", ability: .carrierTrunks,
        arrange: { bench in
            let host = bench.host()
            bench.deleteTrunkLater(to: host)
            return host
        },
        perform: { trial, host, key in _ = try await trial.carrier.makeSharedTrunk(to: host, key: key) },
        isDone: { trial, host in try await trial.carrier.sharedTrunk(to: host) != nil })

    private static let deleteTrunk = ContractChange<Rig>(
        name: "carrier-trunk-delete", ability: .carrierTrunks,
        arrange: { try await Rig($0) },
        perform: { trial, rig, key in try await trial.carrier.deleteTrunk(rig.trunk.id, key: key) },
        isDone: { trial, rig in try await trial.carrier.sharedTrunk(to: rig.host) == nil })

    private static let origination = ContractChange<Rig>(
        name: "carrier-origination", ability: .carrierTrunks,
        arrange: { try await Rig($0) },
        perform: { trial, rig, key in
            let url = try await trial.carrier.makeOriginationURL(rig.uri, ofTrunk: rig.trunk.id, key: key)
            try require(url.isEnabled && OriginationURL.meansSame(url.sipURI, rig.uri), "it returns \(url.sipURI)")
        },
        isDone: { trial, rig in
            let urls = try await trial.carrier.originationURLs(ofTrunk: rig.trunk.id)
            try require(urls.count <= 1, "the trunk leads to \(urls.count) places")
            return urls.contains { $0.isEnabled && OriginationURL.meansSame($0.sipURI, rig.uri) }
        })

    private static let deleteOrigination = ContractChange<Rig>(
        name: "carrier-origination-delete", ability: .carrierTrunks,
        arrange: { try await Rig($0).leading($0) },
        perform: { trial, rig, key in
            try await trial.carrier.deleteOriginationURL(rig.originationID, ofTrunk: rig.trunk.id, key: key)
        },
        isDone: { trial, rig in try await trial.carrier.originationURLs(ofTrunk: rig.trunk.id).isEmpty })

    // MARK: Who may call out

    private static let list = ContractChange<String>(
        name: "carrier-list", ability: .carrierTrunks,
        arrange: { bench in
            let name = bench.key("list")
            bench.deleteListLater(named: name)
            return name
        },
        perform: { trial, name, key in _ = try await trial.carrier.makeCredentialList(named: name, key: key) },
        isDone: { trial, name in try await trial.carrier.credentialList(named: name) != nil })

    private static let deleteList = ContractChange<Rig>(
        name: "carrier-list-delete", ability: .carrierTrunks,
        arrange: { try await Rig($0).listing($0) },
        perform: { trial, rig, key in try await trial.carrier.deleteCredentialList(rig.list.id, key: key) },
        isDone: { trial, rig in try await trial.carrier.credentialList(named: rig.list.name) == nil })

    private static let credential = ContractChange<Rig>(
        name: "carrier-credential", ability: .carrierTrunks,
        arrange: { try await Rig($0).listing($0) },
        perform: { trial, rig, key in
            try await trial.carrier.setCredential(
                "contract", password: Secret(CarrierCases.password), inList: rig.list.id, key: key)
        },
        isDone: { trial, rig in try await trial.carrier.hasCredential("contract", inList: rig.list.id) })

    private static let attachList = ContractChange<Rig>(
        name: "carrier-list-attach", ability: .carrierTrunks,
        arrange: { try await Rig($0).listing($0) },
        perform: { trial, rig, key in
            try await trial.carrier.attachCredentialList(rig.list.id, toTrunk: rig.trunk.id, key: key)
        },
        isDone: { trial, rig in
            try await trial.carrier.isCredentialList(rig.list.id, attachedToTrunk: rig.trunk.id)
        })

    private static let detachList = ContractChange<Rig>(
        name: "carrier-list-detach", ability: .carrierTrunks,
        arrange: { try await Rig($0).attached($0) },
        perform: { trial, rig, key in
            try await trial.carrier.detachCredentialList(rig.list.id, fromTrunk: rig.trunk.id, key: key)
        },
        isDone: { trial, rig in
            try await !trial.carrier.isCredentialList(rig.list.id, attachedToTrunk: rig.trunk.id)
        })

    // MARK: Numbers on the trunk

    private static let attach = ContractChange<Rig>(
        name: "carrier-attach", ability: .carrierTrunks,
        arrange: { try await Rig($0).holding($0) },
        perform: { trial, rig, key in
            try await trial.carrier.attach(rig.number, toTrunk: rig.trunk.id, key: key)
        },
        isDone: { trial, rig in try await rig.isAttached(trial) })

    private static let detach = ContractChange<Rig>(
        name: "carrier-detach", ability: .carrierTrunks,
        arrange: { try await Rig($0).carrying($0) },
        perform: { trial, rig, key in
            try await trial.carrier.detach(rig.number, fromTrunk: rig.trunk.id, key: key)
        },
        isDone: { trial, rig in try await !rig.isAttached(trial) })

    private static let restore = ContractChange<Rig>(
        name: "carrier-restore", ability: .carrierTrunks,
        arrange: { try await Rig($0).carrying($0) },
        perform: { trial, rig, key in try await trial.carrier.restore(rig.number, key: key) },
        isDone: { trial, rig in try await trial.carrier.holding(of: rig.number.e164)?.route == rig.number.route })
}
