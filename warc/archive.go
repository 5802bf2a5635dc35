package warc

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"time"
)

const (
	// DefaultSize is the size, in bytes, from which on a file is closed and a new one begun.
	DefaultSize = 1 << 30
	// remembered is how many addresses an Archive remembers the last answer of, for revisit records.
	remembered = 1 << 16
)

// Archive is a folder of files that grow one after another: zhaowen-20261124T003000Z-00001.warc.gz. A file is never written again once it was closed; what a killed
// process left is read up to its last whole record and left as it is. Archive is safe for concurrent use; several processes may write to one folder, each to its
// own files.
type Archive struct {
	folder   string
	software string
	now      func() time.Time
	size     int64

	mu      sync.Mutex
	file    *os.File // nil: none begun yet
	written int64    // bytes in it
	serial  int
	end     uint64 // records given to the operating system, over all files
	closed  bool
	latest  map[string]*Original

	syncing sync.Mutex
	synced  uint64 // records known to be on the disk
}

// OpenArchive makes the folder where it is missing. The first file is begun with the first record. Software, such as "zhaowen/1.0", is named in each file.
func OpenArchive(folder, software string, now func() time.Time) (*Archive, error) {
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return nil, fmt.Errorf("make the folder of the archive: %w", err)
	}
	return &Archive{folder: folder, software: software, now: now, size: DefaultSize, latest: map[string]*Original{}}, nil
}

// Add writes an exchange. After an error the file is as it was before, and the error names it. Sync puts it on the disk.
func (a *Archive) Add(x *Exchange) error {
	uri := x.target()
	a.mu.Lock()
	earlier := a.latest[uri]
	a.mu.Unlock()
	var records bytes.Buffer
	origin, err := x.records(&records, earlier) // compressed beside other workers
	if err != nil {
		return fmt.Errorf("archive %s: %w", uri, err)
	}
	if err := a.add(uri, records.Bytes()); err != nil {
		return err
	}
	if origin != nil {
		a.mu.Lock()
		defer a.mu.Unlock()
		if len(a.latest) >= remembered {
			clear(a.latest) // costs space, nothing else
		}
		a.latest[uri] = origin
	}
	return nil
}

// AddConversion writes what was made of an answer that Add has written. Sync puts it on the disk.
func (a *Archive) AddConversion(c *Conversion) error {
	uri := withoutSecrets(c.URL)
	a.mu.Lock()
	of := a.latest[uri]
	a.mu.Unlock()
	var record bytes.Buffer
	if err := c.record(&record, of); err != nil {
		return fmt.Errorf("archive %s: %w", uri, err)
	}
	return a.add(uri, record.Bytes())
}

// add appends the records of one address.
func (a *Archive) add(uri string, records []byte) error {
	a.mu.Lock()
	defer a.mu.Unlock()
	if err := a.write(records); err != nil {
		return fmt.Errorf("archive %s: %w", uri, err)
	}
	return nil
}

// write appends to the file, in one go so that a kill leaves whole records.
func (a *Archive) write(records []byte) error {
	if a.closed {
		return errors.New("the archive is closed")
	}
	if a.file != nil && a.written >= a.size {
		if err := a.finish(); err != nil {
			return err
		}
	}
	if a.file == nil {
		if err := a.begin(); err != nil {
			return err
		}
	}
	n, err := a.file.Write(records)
	if err != nil {
		if n > 0 {
			err = errors.Join(err, a.file.Truncate(a.written))
			_, seek := a.file.Seek(a.written, 0)
			err = errors.Join(err, seek)
		}
		return err
	}
	a.written += int64(n)
	a.end++
	return nil
}

// begin makes a new file, under a name that no other process has taken.
func (a *Archive) begin() error {
	for {
		a.serial++
		name := fmt.Sprintf("zhaowen-%s-%05d.warc.gz", a.now().UTC().Format("20060102T150405Z"), a.serial)
		file, err := os.OpenFile(filepath.Join(a.folder, name), os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
		if errors.Is(err, fs.ErrExist) {
			continue
		}
		if err != nil {
			return err
		}
		if err := a.describe(file, name); err != nil {
			return errors.Join(err, file.Close(), os.Remove(file.Name()))
		}
		a.file = file
		return nil
	}
}

// describe writes the warcinfo record that a file begins with, and makes the file's name last.
func (a *Archive) describe(file *os.File, name string) error {
	text := []byte("software: " + a.software + "\r\nformat: WARC File Format 1.1\r\nconformsTo: https://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/\r\n")
	h := newHeader(TypeWarcinfo, newID(), a.now())
	h.add("WARC-Filename", name)
	h.add("Content-Type", contentFields)
	h.add("WARC-Block-Digest", digest(text))
	var record bytes.Buffer
	if err := appendRecord(&record, h, text); err != nil {
		return err
	}
	n, err := file.Write(record.Bytes())
	a.written = int64(n)
	if err != nil {
		return err
	}
	folder, err := os.Open(a.folder)
	if err != nil {
		return err
	}
	defer folder.Close()
	return folder.Sync()
}

// finish syncs and closes the file.
func (a *Archive) finish() error {
	file := a.file
	if err := file.Sync(); err != nil {
		return err
	}
	a.file = nil
	return file.Close()
}

// Sync returns when everything that was added before is on the disk. Callers that come while another one syncs share the next one.
func (a *Archive) Sync() error {
	a.mu.Lock()
	wanted := a.end
	a.mu.Unlock()
	a.syncing.Lock()
	defer a.syncing.Unlock()
	if a.synced >= wanted {
		return nil
	}
	a.mu.Lock()
	file, end := a.file, a.end
	a.mu.Unlock()
	if file != nil {
		// A file that is closed meanwhile was synced before.
		if err := file.Sync(); err != nil && !errors.Is(err, os.ErrClosed) {
			return fmt.Errorf("archive: %w", err)
		}
	}
	a.synced = end
	return nil
}

// Close syncs and closes the file. Nothing can be added any more.
func (a *Archive) Close() error {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.closed = true
	if a.file == nil {
		return nil
	}
	if err := a.finish(); err != nil {
		return fmt.Errorf("archive: %w", err)
	}
	return nil
}
