import SwitchboardCore

/// The tables of `switchboard.db` and how older ones become the present ones.
///
/// Times are seconds since 2001-01-01 00:00 UTC, exactly as `Date` holds them; in the sqlite3 shell,
/// `datetime(started_at + 978307200, 'unixepoch')` reads them. A `record` is the whole thing as JSON, and the
/// columns beside it are what the store looks things up by.
enum Schema {
    /// The file's mark in its header, `SWBD`.
    static let applicationID = 0x5357_4244

    /// The version that this program reads and writes.
    static var version: Int { migrations.count }

    /// One step from a version to the next.
    private struct Migration {
        /// The tables that it makes; a file of its version or later without them is not a store of ours.
        var tables: [String]
        var sql: String
    }

    /// Each leads from the version of its index to the next.
    private static let migrations = [
        first, secrets, secretKey, steps, limits, undo, heldNumbers, runLines, settledSecrets, plansAndUndos,
        numberLabels, statements,
    ]

    /// A `state` is compared with each word: for `IN` SQLite would build a list of them at every write.
    private static let first = Migration(
        tables: ["numbers", "agents", "trunks", "intents", "claims", "runs", "profiles", "secrets"],
        sql: """
            CREATE TABLE numbers (
                profile TEXT NOT NULL, e164 TEXT NOT NULL, provider TEXT NOT NULL, record TEXT NOT NULL,
                PRIMARY KEY (profile, e164)
            ) STRICT, WITHOUT ROWID;

            CREATE TABLE agents (
                profile TEXT NOT NULL, id TEXT NOT NULL, name TEXT NOT NULL, record TEXT NOT NULL,
                PRIMARY KEY (profile, id), UNIQUE (profile, name)
            ) STRICT, WITHOUT ROWID;

            CREATE TABLE trunks (
                profile TEXT NOT NULL, id TEXT NOT NULL, name TEXT NOT NULL, record TEXT NOT NULL,
                PRIMARY KEY (profile, id)
            ) STRICT, WITHOUT ROWID;

            CREATE TABLE intents (
                sequence INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, run TEXT NOT NULL, session TEXT NOT NULL,
                profile TEXT NOT NULL, kind TEXT NOT NULL, subject TEXT NOT NULL, arguments TEXT NOT NULL,
                number_slots INTEGER NOT NULL, trunk_slots INTEGER NOT NULL, started_at REAL NOT NULL,
                state TEXT NOT NULL DEFAULT 'open' CHECK (state = 'open' OR state = 'done' OR state = 'failed'),
                outcome TEXT, settled_at REAL,
                CHECK ((state = 'open') = (outcome IS NULL))
            ) STRICT;
            CREATE UNIQUE INDEX open_intents ON intents (subject) WHERE state = 'open';
            CREATE INDEX intents_of_run ON intents (run);

            CREATE TABLE claims (
                provider TEXT NOT NULL, e164 TEXT NOT NULL, profile TEXT NOT NULL, holder TEXT NOT NULL,
                until REAL NOT NULL,
                PRIMARY KEY (provider, e164)
            ) STRICT, WITHOUT ROWID;
            CREATE INDEX claims_until ON claims (until);

            CREATE TABLE runs (
                sequence INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, session TEXT NOT NULL, profile TEXT NOT NULL,
                script TEXT NOT NULL, status TEXT NOT NULL, started_at REAL NOT NULL, ended_at REAL
            ) STRICT;
            CREATE INDEX runs_running ON runs (session) WHERE status = 'running';
            CREATE INDEX runs_started ON runs (started_at);

            CREATE TABLE profiles (name TEXT NOT NULL PRIMARY KEY, record TEXT NOT NULL) STRICT, WITHOUT ROWID;

            CREATE TABLE secrets (
                profile TEXT NOT NULL REFERENCES profiles (name) ON DELETE CASCADE,
                provider TEXT NOT NULL, setting TEXT NOT NULL, box BLOB NOT NULL,
                PRIMARY KEY (profile, provider, setting)
            ) STRICT, WITHOUT ROWID;
            """)

    private static let secrets = Migration(
        tables: ["named_secrets", "kept_secrets"],
        sql: """
            CREATE TABLE named_secrets (
                profile TEXT NOT NULL, name TEXT NOT NULL, box BLOB NOT NULL, created_at REAL NOT NULL,
                updated_at REAL NOT NULL,
                PRIMARY KEY (profile, name)
            ) STRICT, WITHOUT ROWID;

            CREATE TABLE kept_secrets (
                intent TEXT NOT NULL REFERENCES intents (id), key TEXT NOT NULL, box BLOB NOT NULL,
                PRIMARY KEY (intent, key)
            ) STRICT, WITHOUT ROWID;
            """)

    /// At most one row: the key of all secrets, which is the file `key` where there is none.
    private static let secretKey = Migration(
        tables: ["secret_key"],
        sql: """
            CREATE TABLE secret_key (
                id INTEGER PRIMARY KEY CHECK (id = 1), file TEXT, salt BLOB, passes INTEGER, memory INTEGER, proof BLOB,
                CHECK ((file IS NULL) =
                    (salt IS NOT NULL AND passes IS NOT NULL AND memory IS NOT NULL AND proof IS NOT NULL))
            ) STRICT;
            """)

    /// What a run needs to be resumed; in the box where a secret stands in its script.
    private static let steps = Migration(
        tables: ["steps"],
        sql: """
            ALTER TABLE runs ADD COLUMN record TEXT;
            ALTER TABLE runs ADD COLUMN box BLOB;

            CREATE TABLE steps (
                sequence INTEGER PRIMARY KEY, run TEXT NOT NULL, key TEXT NOT NULL, title TEXT NOT NULL,
                state TEXT NOT NULL, result TEXT NOT NULL, started_at REAL NOT NULL, ended_at REAL NOT NULL,
                attempts INTEGER NOT NULL,
                UNIQUE (run, key)
            ) STRICT;

            ALTER TABLE intents ADD COLUMN step TEXT NOT NULL DEFAULT '';
            DROP INDEX intents_of_run;
            CREATE INDEX intents_of_step ON intents (run, step);
            """)

    /// The triggers keep `spent`, so that a limit costs one look-up however much a run has bought.
    ///
    /// A `period` is a run's id or a day in UTC, a `monthly_cost` is in millionths, and the currency of a price that is not
    /// known is empty. `spends` takes no upsert: for one SQLite would get ready, at every intent, to undo the trigger alone.
    private static let limits = Migration(
        tables: ["limits", "spent"],
        sql: """
            CREATE TABLE limits (
                profile TEXT NOT NULL, name TEXT NOT NULL, value TEXT NOT NULL,
                PRIMARY KEY (profile, name)
            ) STRICT, WITHOUT ROWID;

            ALTER TABLE intents ADD COLUMN purchases INTEGER NOT NULL DEFAULT 0;
            ALTER TABLE intents ADD COLUMN monthly_cost INTEGER;
            ALTER TABLE intents ADD COLUMN currency TEXT;
            ALTER TABLE intents ADD COLUMN spent_on TEXT;

            CREATE TABLE spent (
                profile TEXT NOT NULL, period TEXT NOT NULL, currency TEXT NOT NULL, purchases INTEGER NOT NULL,
                monthly_cost INTEGER NOT NULL,
                PRIMARY KEY (profile, period, currency)
            ) STRICT, WITHOUT ROWID;

            CREATE TRIGGER spends AFTER INSERT ON intents WHEN NEW.purchases > 0 BEGIN
                INSERT INTO spent
                SELECT NEW.profile, period, coalesce(NEW.currency, ''), 0, 0
                FROM (SELECT NEW.run AS period UNION SELECT NEW.spent_on) AS now WHERE NOT EXISTS (
                    SELECT 1 FROM spent AS earlier WHERE earlier.profile = NEW.profile
                    AND earlier.period = now.period AND earlier.currency = coalesce(NEW.currency, ''));
                UPDATE spent SET
                    purchases = purchases + NEW.purchases, monthly_cost = monthly_cost + coalesce(NEW.monthly_cost, 0)
                WHERE profile = NEW.profile AND period IN (NEW.run, NEW.spent_on)
                AND currency = coalesce(NEW.currency, '');
            END;
            CREATE TRIGGER gives_back AFTER UPDATE OF state ON intents
            WHEN NEW.state = 'failed' AND OLD.state <> 'failed' AND NEW.purchases > 0 BEGIN
                UPDATE spent SET
                    purchases = purchases - NEW.purchases, monthly_cost = monthly_cost - coalesce(NEW.monthly_cost, 0)
                WHERE profile = NEW.profile AND period IN (NEW.run, NEW.spent_on)
                AND currency = coalesce(NEW.currency, '');
            END;
            """)

    /// An entry is undone at most once, and `dealt_with` has the ids of runs and entries that a person has seen to.
    private static let undo = Migration(
        tables: ["dealt_with"],
        sql: """
            ALTER TABLE intents ADD COLUMN undoes TEXT;
            CREATE INDEX undoings ON intents (undoes) WHERE undoes IS NOT NULL;
            CREATE UNIQUE INDEX undone_once ON intents (undoes) WHERE undoes IS NOT NULL AND state <> 'failed';
            CREATE TABLE dealt_with (id TEXT NOT NULL PRIMARY KEY, at REAL NOT NULL) STRICT, WITHOUT ROWID;
            """)

    /// How many numbers each profile holds, so that nobody has to count them for each one more.
    private static let heldNumbers = Migration(
        tables: ["held_numbers"],
        sql: """
            CREATE TABLE held_numbers (profile TEXT NOT NULL PRIMARY KEY, count INTEGER NOT NULL) STRICT, WITHOUT ROWID;
            INSERT INTO held_numbers SELECT profile, count(*) FROM numbers GROUP BY profile;
            CREATE TRIGGER number_put AFTER INSERT ON numbers BEGIN
                INSERT INTO held_numbers VALUES (new.profile, 1) ON CONFLICT (profile) DO UPDATE SET count = count + 1;
            END;
            CREATE TRIGGER number_removed AFTER DELETE ON numbers BEGIN
                UPDATE held_numbers SET count = count - 1 WHERE profile = old.profile;
            END;
            """)

    /// What runs have told, and how their changes were asked for.
    private static let runLines = Migration(
        tables: ["run_lines"],
        sql: """
            ALTER TABLE intents ADD COLUMN trace TEXT;
            CREATE TABLE run_lines (
                sequence INTEGER PRIMARY KEY, run TEXT NOT NULL, at REAL NOT NULL, kind TEXT NOT NULL, text TEXT NOT NULL
            ) STRICT;
            CREATE INDEX lines_of_run ON run_lines (run);
            """)

    /// How many secrets are kept for an intent; they go with its outcome.
    private static let settledSecrets = Migration(
        tables: [],
        sql: """
            ALTER TABLE intents ADD COLUMN kept INTEGER NOT NULL DEFAULT 0;
            UPDATE intents SET kept = (SELECT count(*) FROM kept_secrets WHERE intent = id) WHERE state = 'open';
            CREATE TRIGGER drops_secrets AFTER UPDATE OF state ON intents WHEN OLD.kept > 0 BEGIN
                DELETE FROM kept_secrets WHERE intent = NEW.id;
            END;
            """)

    /// The plan that a run is held to, and which runs have taken back what of which.
    ///
    /// The trigger looks before it writes: in it the `OR FAIL` of the statement that fires it would hold.
    private static let plansAndUndos = Migration(
        tables: ["undos"],
        sql: """
            ALTER TABLE runs ADD COLUMN plan TEXT;
            CREATE INDEX runs_of_plan ON runs (plan) WHERE plan IS NOT NULL;

            CREATE TABLE undos (
                undo TEXT NOT NULL, run TEXT NOT NULL,
                PRIMARY KEY (undo, run)
            ) STRICT, WITHOUT ROWID;
            INSERT OR IGNORE INTO undos SELECT undoing.run, entry.run
                FROM intents AS undoing JOIN intents AS entry ON entry.id = undoing.undoes
                WHERE entry.run <> undoing.run ORDER BY undoing.sequence;
            CREATE TRIGGER undoes AFTER INSERT ON intents WHEN NEW.undoes IS NOT NULL BEGIN
                INSERT INTO undos SELECT NEW.run, run FROM intents AS entry
                WHERE id = NEW.undoes AND run <> NEW.run
                AND NOT EXISTS (SELECT 1 FROM undos WHERE undo = NEW.run AND run = entry.run);
            END;
            """)

    /// What a number is looked for by, small enough to be looked through.
    private static let numberLabels = Migration(
        tables: [],
        sql: """
            ALTER TABLE numbers ADD COLUMN label TEXT;
            UPDATE numbers SET label = record ->> '$.label' WHERE record ->> '$.label' IS NOT NULL;
            CREATE INDEX number_labels ON numbers (profile, e164, label);
            """)

    /// What runs of statements execute, in short.
    private static let statements = Migration(tables: [], sql: "ALTER TABLE runs ADD COLUMN statement TEXT;")

    /// Settings of one connection; needed before anything is written through it.
    static func prepare(_ connection: SQLiteConnection, _ failure: StoreFailure) throws {
        guard try connection.query("PRAGMA journal_mode = WAL", read: { $0.text(0) }) == ["wal"] else {
            throw SwitchboardError(
                .storeUnavailable, "the file system of the store \(failure.path) cannot share memory between processes",
                help: "choose a folder on a local disk with --state")
        }
        try connection.execute("PRAGMA foreign_keys = ON")
    }

    /// Fills an empty database; it is complete and durable in its one file afterwards.
    static func create(in connection: SQLiteConnection, version: Int = version) throws {
        try connection.transaction {
            try connection.execute("PRAGMA application_id = \(applicationID)")
            try apply(0..<version, to: connection)
        }
    }

    /// Brings a database of ours to the present version; many processes may try at once.
    static func migrate(_ connection: SQLiteConnection) throws {
        guard try connection.integer("PRAGMA user_version") < version else { return }
        try connection.transaction {
            let old = try connection.integer("PRAGMA user_version")
            if old < version { try apply(old..<version, to: connection) }
        }
    }

    private static func apply(_ steps: Range<Int>, to connection: SQLiteConnection) throws {
        for migration in migrations[steps] { try connection.execute(migration.sql) }
        try connection.execute("PRAGMA user_version = \(steps.upperBound)")
    }

    /// Checks that a database is one of ours that this program can read; reads only.
    static func inspect(_ connection: SQLiteConnection, _ failure: StoreFailure) throws {
        guard try connection.integer("PRAGMA application_id") == applicationID else {
            throw failure.damaged("its header does not carry the mark of a Switchboard store")
        }
        let found = try connection.integer("PRAGMA user_version")
        guard found <= version else {
            throw SwitchboardError(
                .storeUnavailable,
                "the store \(failure.path) was written by a newer Switchboard (version \(found) of the store, "
                    + "this program knows \(version))",
                help: "use the newer program; nothing was changed")
        }
        let names = try connection.query("SELECT name FROM sqlite_schema WHERE type = 'table'") { $0.text(0) }
        let wanted = Set(migrations.prefix(found).flatMap(\.tables))
        guard found > 0, wanted.isSubset(of: names) else { throw failure.damaged("tables are missing") }
    }
}
