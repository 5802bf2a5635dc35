package storage

import (
	"context"
	"database/sql"
	"embed"
	"fmt"
	"io/fs"
)

//go:embed migrations/*.sql
var migrationFiles embed.FS

// migrations are the SQL scripts in order; the n-th brings a file from version n-1 to n.
var migrations = func() []string {
	names, err := fs.Glob(migrationFiles, "migrations/*.sql")
	if err != nil {
		panic(err) // a bad pattern: cannot happen
	}
	scripts := make([]string, len(names))
	for i, name := range names {
		text, err := migrationFiles.ReadFile(name)
		if err != nil {
			panic(err) // embedded: cannot happen
		}
		scripts[i] = string(text)
	}
	return scripts
}()

// fillers fill the tables that a migration has made, by the version that it leads to.
var fillers = map[int]func(context.Context, *sql.Tx) error{3: fillPrints, 4: fillIndex}

// migrate brings the schema forward, each step in a transaction of its own. The version is read again inside it: another process may be migrating
// the same file.
func migrate(ctx context.Context, conn *sql.DB) error {
	var version int
	if err := conn.QueryRowContext(ctx, "PRAGMA user_version").Scan(&version); err != nil {
		return fmt.Errorf("read the schema's version: %w", err)
	}
	for done := version >= len(migrations); !done; {
		var err error
		if done, err = migrateOne(ctx, conn); err != nil {
			return err
		}
	}
	return nil
}

func migrateOne(ctx context.Context, conn *sql.DB) (done bool, err error) {
	tx, err := conn.BeginTx(ctx, nil)
	if err != nil {
		return false, fmt.Errorf("migrate the schema: %w", err)
	}
	defer tx.Rollback() //nolint:errcheck // after Commit it does nothing
	var version int
	if err := tx.QueryRowContext(ctx, "PRAGMA user_version").Scan(&version); err != nil {
		return false, fmt.Errorf("read the schema's version: %w", err)
	}
	if version >= len(migrations) {
		return true, nil
	}
	if _, err := tx.ExecContext(ctx, migrations[version]); err != nil {
		return false, fmt.Errorf("bring the schema to version %d: %w", version+1, err)
	}
	if fill := fillers[version+1]; fill != nil {
		if err := fill(ctx, tx); err != nil {
			return false, fmt.Errorf("bring the articles to version %d: %w", version+1, err)
		}
	}
	// neither PRAGMA takes a parameter; both are part of the transaction
	if _, err := tx.ExecContext(ctx, fmt.Sprintf("PRAGMA user_version = %d; PRAGMA application_id = %d", version+1, applicationID)); err != nil {
		return false, fmt.Errorf("set the schema's version %d: %w", version+1, err)
	}
	return false, tx.Commit()
}
