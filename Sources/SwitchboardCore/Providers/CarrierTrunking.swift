/// A carrier whose accounts' own numbers are led to the platform that answers calls by SIP trunks.
///
/// An account has one trunk of ours for each SIP host that its calls are led to, shared by its numbers and found again
/// by that host. Every change is one step, and beside it stands the read that tells whether it took place, so a step
/// whose answer was lost is settled by reading and never by repeating. Making what is there already returns it as it
/// is; taking away what is not there succeeds. No step takes back another or touches what it did not make: the order,
/// and what is taken back after a failure, are the caller's.
///
/// Errors are those of every provider, with `mayHaveHappened` set wherever a change may have taken place although its
/// call failed. `key` stays the same for every attempt at the same step; a carrier that knows no such keys ignores it.
///
/// A carrier whose trunks have their credentials themselves answers with the trunk's own id for the list's, and finds
/// that list attached.
public protocol CarrierTrunking: NumberProvider {
    /// The carrier's id of the account that the credentials act on; no secret.
    var accountID: String { get }

    // MARK: Numbers

    /// Returns what the account holds under this number, a number of its own before a verified caller id; nil for
    /// neither.
    func holding(of number: E164) async throws -> CarrierNumber?

    /// Returns all of the account's own numbers and verified caller ids, each number once, in ascending order.
    func holdings() async throws -> [CarrierNumber]

    /// Leads the calls of one of the account's own numbers into the trunk, away from wherever they went.
    ///
    /// Whoever calls it has looked at `number.route` and may take it away. It took place when `holding(of:)` has the
    /// trunk for its route. Errors: `invalid_argument` for a verified caller id, which no trunk can take calls for.
    func attach(_ number: CarrierNumber, toTrunk trunkID: String, key: String) async throws

    /// Takes the number off the trunk and keeps it in the account; off another trunk it is not taken.
    func detach(_ number: CarrierNumber, fromTrunk trunkID: String, key: String) async throws

    /// Leads the number's calls where they went when `number` was read, which takes back an `attach`.
    func restore(_ number: CarrierNumber, key: String) async throws

    // MARK: The shared trunk

    /// Returns the account's trunk of ours for calls to the SIP host, such as `acme01.sip.livekit.cloud`; nil for none.
    func sharedTrunk(to sipHost: String) async throws -> CarrierTrunk?

    /// Makes the account's trunk for calls to the SIP host; one that was made meanwhile is returned instead.
    ///
    /// Errors: `payment_required` where the account has as many trunks as it may, `conflict` where no termination host
    /// is left for it.
    func makeSharedTrunk(to sipHost: String, key: String) async throws -> CarrierTrunk

    /// Returns the numbers that the trunk takes calls for, in ascending order.
    func numbers(ofTrunk trunkID: String) async throws -> [E164]

    /// Deletes the trunk; it may take weeks until its termination host is free again.
    func deleteTrunk(_ trunkID: String, key: String) async throws

    // MARK: Origination: where the trunk leads calls to

    /// Returns where the trunk leads calls to, disabled URLs included.
    func originationURLs(ofTrunk trunkID: String) async throws -> [OriginationURL]

    /// Has the trunk lead calls to the SIP URI, such as `sip:acme01.sip.livekit.cloud;transport=tcp`.
    ///
    /// One that means the same (`OriginationURL.meansSame`) is enabled where it is not, and returned.
    func makeOriginationURL(_ sipURI: String, ofTrunk trunkID: String, key: String) async throws -> OriginationURL

    /// Takes an origination URL away from the trunk.
    func deleteOriginationURL(_ id: String, ofTrunk trunkID: String, key: String) async throws

    // MARK: Termination: who may call out through the trunk

    /// Returns the account's credential list of this name, or nil.
    func credentialList(named name: String) async throws -> CredentialList?

    /// Makes a credential list; one of that name that the account has is returned instead.
    func makeCredentialList(named name: String, key: String) async throws -> CredentialList

    /// Deletes the list with its credentials. Errors: `conflict` while a trunk uses it.
    func deleteCredentialList(_ id: String, key: String) async throws

    /// Tells whether the list has a user of this name; no carrier tells a password.
    func hasCredential(_ username: String, inList listID: String) async throws -> Bool

    /// Gives the list a user with this password, or the user that it has this password.
    ///
    /// As nobody can read a password, a lost answer is settled by setting it again, which changes nothing else.
    func setCredential(_ username: String, password: Secret, inList listID: String, key: String) async throws

    /// Tells whether the trunk lets the users of the list call out.
    func isCredentialList(_ listID: String, attachedToTrunk trunkID: String) async throws -> Bool

    /// Lets the users of the list call out through the trunk.
    func attachCredentialList(_ listID: String, toTrunk trunkID: String, key: String) async throws

    /// Lets them no more; the list stays.
    func detachCredentialList(_ listID: String, fromTrunk trunkID: String, key: String) async throws
}
