package ingest

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"slices"
	"time"

	"zhaowen/storage"
	"zhaowen/warc"
)

// maxHops is how many redirects are followed back from a page to the address that was asked for; the crawler follows no more.
const maxHops = 10

// capture is where in an archive a page is. Its memory counts: an archive holds millions.
type capture struct {
	key    string // canonical address
	file   int32
	offset int64
	at     time.Time
	built  bool // by scripts
}

// captures is what an archive holds, without the pages.
type captures struct {
	files   []string
	pages   []capture            // by time, oldest first
	latest  map[string]int       // canonical address → its last one in pages
	seen    map[string]time.Time // canonical address → when it was last asked for, unchanged answers included
	from    map[string]string    // canonical target of a redirect → the address that led there
	built   map[string]bool      // canonical addresses of pages that scripts have built; their conversion records are the pages, the answers only frames
	damaged []error              // files that break off, or cannot be read; what stands before counts
}

// readCaptures reads through the files of a folder.
func readCaptures(folder string, going func() error) (*captures, error) {
	files, err := warc.Files(folder)
	if err != nil {
		return nil, fmt.Errorf("read the archive: %w", err)
	}
	c := &captures{files: files, latest: map[string]int{}, seen: map[string]time.Time{}, from: map[string]string{}, built: map[string]bool{}}
	for i, name := range files {
		if err := c.file(int32(i), name, going); err != nil {
			if stop := going(); stop != nil {
				return nil, stop
			}
			c.damaged = append(c.damaged, fmt.Errorf("read %s: %w", name, err))
		}
	}
	c.pages = slices.DeleteFunc(c.pages, func(p capture) bool { return c.built[p.key] && !p.built })
	slices.SortStableFunc(c.pages, func(a, b capture) int { return a.at.Compare(b.at) })
	for i, p := range c.pages {
		c.latest[p.key] = i
	}
	return c, nil
}

func (c *captures) file(number int32, name string, going func() error) error {
	file, err := os.Open(name)
	if err != nil {
		return withoutPath(err)
	}
	defer file.Close()
	for records := warc.NewReader(file); ; {
		if err := going(); err != nil {
			return err
		}
		record, err := records.Next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if record.Type == warc.TypeConversion {
			if _, err := io.Copy(io.Discard, record.Block); err != nil {
				return err
			}
			c.addBuilt(number, record)
			continue
		}
		if record.Type != warc.TypeResponse && record.Type != warc.TypeRevisit {
			continue
		}
		resp, _ := warc.ReadHead(record.Block) // what is no answer of HTTP is no page
		if _, err := io.Copy(io.Discard, record.Block); err != nil {
			return err // before it is counted: the record is not whole
		}
		if resp != nil {
			c.add(number, record, resp)
		}
	}
}

func (c *captures) add(number int32, record *warc.Record, resp *warc.Response) {
	address := record.TargetURI()
	key, err := storage.CanonicalURL(address)
	if err != nil {
		return
	}
	at := record.Date()
	if resp.Status >= 300 && resp.Status < 400 && resp.Status != http.StatusNotModified {
		base, _ := url.Parse(address) // CanonicalURL has read it
		if target, err := base.Parse(resp.Header.Get("Location")); err == nil {
			if to, err := storage.CanonicalURL(target.String()); err == nil && to != key {
				c.from[to] = address
			}
		}
		return
	}
	if at.After(c.seen[key]) {
		c.seen[key] = at
	}
	if record.Type == warc.TypeResponse && resp.Status >= 200 && resp.Status < 300 {
		c.pages = append(c.pages, capture{key: key, file: number, offset: record.Offset, at: at})
	}
}

// addBuilt adds what scripts have made of a page.
func (c *captures) addBuilt(number int32, record *warc.Record) {
	key, err := storage.CanonicalURL(record.TargetURI())
	if err != nil || !isBuilt(record) {
		return
	}
	at := record.Date()
	if at.After(c.seen[key]) {
		c.seen[key] = at
	}
	c.built[key] = true
	c.pages = append(c.pages, capture{key: key, file: number, offset: record.Offset, at: at, built: true})
}

// asked lists the addresses under which a page may be known: its own, and those that redirect to it.
func (c *captures) asked(address string) []string {
	addresses := []string{address}
	for range maxHops {
		key, err := storage.CanonicalURL(addresses[len(addresses)-1])
		if err != nil {
			break
		}
		from, ok := c.from[key]
		if !ok || slices.Contains(addresses, from) {
			break
		}
		addresses = append(addresses, from)
	}
	return addresses
}

// page reads a page; nil: it is none.
func (c *captures) page(p capture) (*Fetched, error) {
	record, file, err := warc.At(c.files[p.file], p.offset)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	if key, err := storage.CanonicalURL(record.TargetURI()); err != nil || key != p.key {
		return nil, fmt.Errorf("read %s: another record at byte %d: several records share a gzip member", c.files[p.file], p.offset)
	}
	return capturedPage(record)
}
