package main

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// smallDisk mounts a disk of 6 MiB, whose ballast leaves about 1 MiB.
func smallDisk(t *testing.T) (dir, ballast string) {
	t.Helper()
	dir = t.TempDir()
	if out, err := exec.Command("mount", "-t", "tmpfs", "-o", "size=6m", "tmpfs", dir).CombinedOutput(); err != nil {
		t.Skipf("no tmpfs can be mounted here (it needs root): %s", out)
	}
	t.Cleanup(func() {
		if out, err := exec.Command("umount", "-l", dir).CombinedOutput(); err != nil {
			t.Errorf("umount: %v: %s", err, out)
		}
	})
	ballast = filepath.Join(dir, "ballast")
	if err := os.WriteFile(ballast, make([]byte, 5<<20), 0o600); err != nil {
		t.Fatal(err)
	}
	return dir, ballast
}

// An ingest onto a full disk says so, and what it has stored stays; with room, the same command does the rest.
func TestIngestOntoAFullDisk(t *testing.T) {
	dir, ballast := smallDisk(t)
	p := &process{dir: t.TempDir()}
	db := filepath.Join(dir, "zhaowen.db")
	var dump strings.Builder
	const records = 600
	for i := range records {
		fmt.Fprintf(&dump, "-\n青岚市第%d批重大项目集中签约\n青岚市第%d批项目共%d个，总投资%d亿元，涵盖装备制造、生物医药、现代物流等领域，投产后年产值可达%d亿元。\n%s\n2026-09-01\n\n", i, i, i+7, i+20, i+30, strings.Repeat(fmt.Sprintf("第%d个项目的负责人表示，将加快建设。", i), 12))
	}
	if err := os.WriteFile(p.path("dump.txt"), []byte(dump.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := p.crawl("ingest", "--db", db, "dump.txt")
	var exit *exec.ExitError
	if !errors.As(err, &exit) || exit.ExitCode() != exitNothing || !strings.Contains(out, db+": the disk is full") || strings.Count(out, "\n") != 1 {
		t.Fatalf("%v:\n%s", err, out)
	}
	if err := os.Remove(ballast); err != nil {
		t.Fatal(err)
	}
	if out, err := p.crawl("ingest", "--db", db, "dump.txt"); err != nil {
		t.Fatalf("with room: %v:\n%s", err, out)
	}
	if out, err := p.crawl("stats", "--db", db, "--json"); err != nil || !strings.Contains(out, fmt.Sprintf(`"articles":%d,`, records)) {
		t.Errorf("%v: %s", err, out)
	}
}

// The daemon outlives a full disk: it says what is wrong, and stores again once there is room.
func TestDaemonOutlivesAFullDisk(t *testing.T) {
	dir, ballast := smallDisk(t)
	if err := os.Truncate(ballast, 1<<20); err != nil {
		t.Fatal(err)
	}
	site := newSlowSite(t)
	d := startDaemon(t, "database: "+filepath.Join(dir, "zhaowen.db")+"\n"+site.config("a"))
	site.await(t, "/a/?.html")
	fill, err := os.OpenFile(ballast, os.O_APPEND|os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	for err == nil {
		_, err = fill.Write(make([]byte, 4096))
	}
	if !errors.Is(err, syscall.ENOSPC) {
		t.Fatal(err)
	}
	_ = fill.Close()
	close(site.release)
	d.await(t, func() bool { return strings.Contains(d.log.String(), "the disk is full") }, "a word about the disk")
	if err := os.Remove(ballast); err != nil {
		t.Fatal(err)
	}
	d.await(t, func() bool {
		out, err := d.crawl("stats", "--db", filepath.Join(dir, "zhaowen.db"), "--json")
		return err == nil && strings.Contains(out, `"articles":1,`) && strings.Contains(out, `"waiting":0`)
	}, "the articles")
	d.signal(t, syscall.SIGTERM)
	if err := d.end(t); err != nil {
		t.Errorf("the daemon ended with %v:\n%s", err, d.log.String())
	}
}
