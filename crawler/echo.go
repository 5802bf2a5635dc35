package crawler

import (
	"bytes"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"zhaowen/config"
)

// Sites repeat what they are told: in links, redirects, messages. What a source's requests were sent with is taken out of the answers before anything else sees
// them, so that it cannot come into the log, the file or the archive.

// incoming hides the secrets of the source in an answer. The body keeps its length; one that comes compressed stays as it is, for hideBody to see to.
func (w *way) incoming(resp *http.Response) {
	if w == nil || len(w.secrets) == 0 && len(w.query) == 0 {
		return
	}
	if location := resp.Header.Get("Location"); location != "" {
		resp.Header.Set("Location", w.withoutQuery(location))
	}
	for _, values := range resp.Header {
		for i := range values {
			values[i] = w.mask.Hide(values[i])
		}
	}
	if len(w.secrets) > 0 && resp.Header.Get("Content-Encoding") == "" {
		resp.Body = &hidingBody{ReadCloser: resp.Body, secrets: w.secrets}
	}
}

// withoutQuery takes the parameters of the source off an address: they are put on again when it is asked.
func (w *way) withoutQuery(address string) string {
	before, query, found := strings.Cut(address, "?")
	if !found {
		return address
	}
	query, fragment, hasFragment := strings.Cut(query, "#")
	kept := slices.DeleteFunc(strings.Split(query, "&"), func(one string) bool {
		name, value, _ := strings.Cut(one, "=")
		name, err := url.QueryUnescape(name)
		ours, ok := w.query[name]
		text, err2 := url.QueryUnescape(value)
		return ok && err == nil && (value == ours || err2 == nil && text == ours)
	})
	if len(kept) > 0 {
		before += "?" + strings.Join(kept, "&")
	}
	if hasFragment {
		before += "#" + fragment
	}
	return before
}

// hideBody hides the secrets in a body that was decoded, in place.
func (w *way) hideBody(body []byte) {
	if w != nil {
		hide(body, w.secrets)
	}
}

// hide puts as many * in the place of each secret.
func hide(text []byte, secrets [][]byte) {
	for _, secret := range secrets {
		for from := 0; ; {
			at := bytes.Index(text[from:], secret)
			if at < 0 {
				break
			}
			for i := range secret {
				text[from+at+i] = '*'
			}
			from += at + len(secret)
		}
	}
}

// hidingBody hides secrets in what is read of a body. It holds back as many bytes as may be the beginning of one.
type hidingBody struct {
	io.ReadCloser
	secrets [][]byte // longest first
	held    []byte
	chunk   []byte
	err     error
}

// Read implements io.Reader.
func (b *hidingBody) Read(p []byte) (int, error) {
	if len(p) == 0 {
		return 0, nil
	}
	for {
		ready := len(b.held)
		if b.err == nil {
			ready -= len(b.secrets[0]) - 1
		}
		if ready > 0 {
			n := copy(p, b.held[:ready])
			b.held = b.held[:copy(b.held, b.held[n:])]
			return n, nil
		}
		if b.err != nil {
			return 0, b.err
		}
		if b.chunk == nil {
			b.chunk = make([]byte, 32<<10)
		}
		n, err := b.ReadCloser.Read(b.chunk)
		b.held, b.err = append(b.held, b.chunk[:n]...), err
		hide(b.held, b.secrets)
	}
}

// hiddenError is an error whose words held a secret.
type hiddenError struct {
	err  error
	text string
}

func (e *hiddenError) Error() string { return e.text }
func (e *hiddenError) Unwrap() error { return e.err }

// withoutSecrets returns the error, with the secrets hidden in its words.
func withoutSecrets(mask *config.Mask, err error) error {
	if err == nil {
		return nil
	}
	if text := err.Error(); mask.Hide(text) != text {
		return &hiddenError{err, mask.Hide(text)}
	}
	return err
}
