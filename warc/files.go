package warc

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// Named tells whether a file is a WARC file by its name.
func Named(path string) bool {
	return strings.HasSuffix(strings.TrimSuffix(strings.ToLower(path), ".gz"), ".warc")
}

// Files lists the WARC files of a folder and the folders in it, sorted by their paths: those of an Archive in the order in which they were begun.
func Files(folder string) ([]string, error) {
	var names []string
	err := filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
		if err == nil && !entry.IsDir() && Named(path) {
			names = append(names, path)
		}
		return err
	})
	return names, err
}

// At opens a file at a record whose offset a Reader has told. In a file that is compressed as a whole it reads everything before it.
func At(path string, offset int64) (*Record, io.Closer, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, nil, err
	}
	if _, err := file.Seek(offset, io.SeekStart); err == nil {
		if record, err := NewReader(file).Next(); err == nil {
			return record, file, nil
		}
	}
	if _, err := file.Seek(0, io.SeekStart); err != nil {
		return nil, nil, errors.Join(err, file.Close())
	}
	for reader := NewReader(file); ; {
		record, err := reader.Next()
		if err != nil {
			return nil, nil, errors.Join(fmt.Errorf("%s: no record at byte %d: %w", path, offset, err), file.Close())
		}
		if record.Offset == offset {
			return record, file, nil
		}
	}
}
