package crash

import (
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"zhaowen/warc"
)

// archived counts what the archive holds.
type archived struct {
	files, cut int // cut: files whose last record a kill has cut off
	pages      map[string]bool
}

// withArchive turns the archive on.
func (r *rig) withArchive() error {
	text, err := os.ReadFile(r.config)
	if err != nil {
		return err
	}
	r.archive = r.dir + "/warc"
	return os.WriteFile(r.config, append([]byte("archive: "+r.archive+"\n"), text...), 0o600)
}

// readArchive reads every file of the archive to its end, or to where a kill has cut it off. It returns an error when a file is damaged before its end.
func (r *rig) readArchive() (archived, error) {
	got := archived{pages: map[string]bool{}}
	names, err := warc.Files(r.archive)
	if err != nil {
		return got, err
	}
	for _, name := range names {
		got.files++
		err := got.read(name)
		var damage *warc.DamageError
		switch {
		case errors.As(err, &damage) && strings.Contains(err.Error(), "breaks off"):
			got.cut++
		case err != nil:
			return got, fmt.Errorf("%s: %w", name, err)
		}
	}
	return got, nil
}

func (a *archived) read(name string) error {
	file, err := os.Open(name)
	if err != nil {
		return err
	}
	defer file.Close()
	for reader := warc.NewReader(file); ; {
		record, err := reader.Next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if record.Type != warc.TypeResponse {
			continue
		}
		resp, err := warc.ReadResponse(record.Block, 8<<20)
		if err != nil {
			return err
		}
		if resp.Status == 200 {
			a.pages[record.TargetURI()] = true
		}
	}
}
