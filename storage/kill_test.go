package storage

import (
	"bufio"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"testing"
	"time"
)

// victim names the file that this test binary, started by TestKill, fills until it is killed.
const victim = "ZHAOWEN_TEST_VICTIM"

// pairOf are two articles that one outcome stores; start and i make them unlike all others.
func pairOf(start, i int) []Article {
	body := fmt.Sprintf("%d-%d %s", start, i, text(i))
	return []Article{article(fmt.Sprintf("http://a.gov.cn/%d/%d.html", start, i), "甲", body+"甲", ""), article(fmt.Sprintf("http://b.gov.cn/%d/%d.html", start, i), "乙", body+"乙", "")}
}

// recordUntilKilled says on stdout what is stored, as soon as Record has said so.
func recordUntilKilled(path string, start int) error {
	db, err := Open(context.Background(), path)
	if err != nil {
		return err
	}
	for i := 0; ; i++ {
		if _, err := db.Record(context.Background(), Outcome{SourceID: "s", At: noon, Articles: pairOf(start, i)}); err != nil {
			return err
		}
		fmt.Println(i)
	}
}

// kill -9 at random moments: the file is whole, what was reported as stored is there, and no outcome is there by half.
func TestKill(t *testing.T) {
	if path := os.Getenv(victim); path != "" {
		start, err := strconv.Atoi(os.Getenv(victim + "_START"))
		if err != nil {
			t.Fatal(err)
		}
		t.Fatal(recordUntilKilled(path, start))
	}
	path := filepath.Join(t.TempDir(), "killed.db")
	reported := 0
	for start := range 10 {
		reported += fillAndKill(t, path, start)
		db, err := Open(t.Context(), path)
		if err != nil {
			t.Fatal(err)
		}
		var check string
		if err := db.reader.QueryRow("PRAGMA integrity_check").Scan(&check); err != nil || check != "ok" {
			t.Errorf("kill %d: %v %s", start, err, check)
		}
		// the last outcome of each start may be stored without having been reported
		n := count(t, db, "SELECT count(*) FROM articles")
		if n%2 != 0 || n < 2*reported || n > 2*(reported+start+1) {
			t.Errorf("kill %d: %d articles, %d pairs reported", start, n, reported)
		}
		if n := count(t, db, "SELECT count(*) FROM articles a WHERE NOT EXISTS (SELECT 1 FROM sightings s WHERE s.article_id = a.id)"); n != 0 {
			t.Errorf("kill %d: %d articles without a sighting", start, n)
		}
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	}
	if reported == 0 {
		t.Error("nothing was stored before any kill")
	}
}

// fillAndKill starts a process that records, kills it and returns how many outcomes it has reported.
func fillAndKill(t *testing.T, path string, start int) int {
	t.Helper()
	cmd := exec.Command(os.Args[0], "-test.run=^TestKill$")
	cmd.Env = append(os.Environ(), victim+"="+path, fmt.Sprintf("%s_START=%d", victim, start))
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	timer := time.AfterFunc(time.Duration(rand.IntN(150))*time.Millisecond, func() { _ = cmd.Process.Kill() })
	defer timer.Stop()
	reported := 0
	for lines := bufio.NewScanner(out); lines.Scan(); {
		if lines.Text() == strconv.Itoa(reported) {
			reported++
		}
	}
	if err := cmd.Wait(); err == nil || cmd.ProcessState.Exited() {
		t.Fatalf("start %d: ended by itself: %v", start, err)
	}
	return reported
}
