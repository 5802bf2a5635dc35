package main

import (
	"database/sql"
	"os"
	"slices"
	"time"

	_ "github.com/mattn/go-sqlite3" // what Zhaowen writes with too

	"zhaowen/bench/corpus"
)

// plainRows is how many rows of a part are inserted plainly, three times over.
const plainRows = 20_000

// plainInsert is the measure: a prepared INSERT of the same rows, a thousand a transaction, write-ahead log, no index. The median of three, in rows a second.
func plainInsert(path string, c corpus.Corpus, from int) (float64, error) {
	articles := slices.Collect(c.Articles(from, plainRows))
	var rates []float64
	for range 3 {
		rate, err := insertAll(path, articles)
		if err != nil {
			return 0, err
		}
		rates = append(rates, rate)
	}
	slices.Sort(rates)
	return rates[1], nil
}

func insertAll(path string, articles []corpus.Article) (rate float64, err error) {
	for _, name := range []string{path, path + "-wal", path + "-shm"} {
		if err := os.Remove(name); err != nil && !os.IsNotExist(err) {
			return 0, err
		}
	}
	db, err := sql.Open("sqlite3", "file:"+path+"?_journal_mode=WAL&_synchronous=NORMAL&_txlock=immediate")
	if err != nil {
		return 0, err
	}
	defer db.Close()
	db.SetMaxOpenConns(1)
	if _, err := db.Exec("CREATE TABLE articles (id INTEGER PRIMARY KEY, title TEXT, body TEXT, published_on TEXT, publisher TEXT, url TEXT)"); err != nil {
		return 0, err
	}
	start := time.Now()
	for batch := range slices.Chunk(articles, 1000) {
		if err := insertBatch(db, batch); err != nil {
			return 0, err
		}
	}
	return float64(len(articles)) / time.Since(start).Seconds(), nil
}

func insertBatch(db *sql.DB, articles []corpus.Article) error {
	tx, err := db.Begin()
	if err != nil {
		return err
	}
	defer tx.Rollback() //nolint:errcheck // after Commit it does nothing
	insert, err := tx.Prepare("INSERT INTO articles (title, body, published_on, publisher, url) VALUES (?, ?, ?, ?, ?)")
	if err != nil {
		return err
	}
	for _, a := range articles {
		if _, err := insert.Exec(a.Title, a.Body, a.Date, a.Publisher, a.URL); err != nil {
			return err
		}
	}
	return tx.Commit()
}
