package main

import (
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
)

// writeWhole writes a file that appears under its name when it is whole: it is written beside it and renamed once it is on the disk. After an error what stood under
// the name before stands there still. What is no ordinary file, such as a pipe, is written to as it is.
func writeWhole(path string, write func(io.Writer) error) error {
	if place, err := filepath.EvalSymlinks(path); err == nil {
		path = place // what a link points to is replaced, not the link
	}
	var err error
	if stat, missing := os.Stat(path); missing == nil && !stat.Mode().IsRegular() {
		err = writeInto(path, os.O_WRONLY, write)
	} else {
		err = replace(path, write)
	}
	if err != nil {
		return fmt.Errorf("write %s: %w", path, pathCause(err))
	}
	return nil
}

func replace(path string, write func(io.Writer) error) error {
	temporary := path + "." + rand.Text()[:8] + ".part" // of this process alone
	err := writeInto(temporary, os.O_WRONLY|os.O_CREATE|os.O_EXCL, func(w io.Writer) error {
		if err := write(w); err != nil {
			return err
		}
		return w.(*os.File).Sync()
	})
	if err == nil {
		err = os.Rename(temporary, path)
	}
	if err != nil {
		_ = os.Remove(temporary) // the first error is the one that counts
	}
	return err
}

// writeInto opens a file as the flags say, and closes it when it is written.
func writeInto(path string, flags int, write func(io.Writer) error) error {
	f, err := os.OpenFile(path, flags, 0o666) // less the umask, as any program makes files
	if err != nil {
		return err
	}
	return errors.Join(write(f), f.Close())
}
