package config

import (
	"maps"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
)

// hidden stands in the place of a secret.
const hidden = "***"

// Mask hides secrets in text. The zero value hides none; it is safe for concurrent use.
type Mask struct {
	mu       sync.Mutex
	known    map[string]bool
	replacer atomic.Pointer[strings.Replacer]
}

// NewMask returns a mask of these secrets.
func NewMask(secrets []string) *Mask {
	m := &Mask{}
	m.Add(secrets)
	return m
}

// Add hides these secrets too, such as those of a configuration that was read again: passes under way still use the old ones.
func (m *Mask) Add(secrets []string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.known == nil {
		m.known = map[string]bool{}
	}
	for _, secret := range secrets {
		m.known[secret] = true
	}
	all := slices.Collect(maps.Keys(m.known))
	sortLongestFirst(all) // of those that begin at one place the first counts, and one may be the beginning of another
	pairs := make([]string, 0, 2*len(all))
	for _, secret := range all {
		pairs = append(pairs, secret, hidden)
	}
	m.replacer.Store(strings.NewReplacer(pairs...))
}

// Hide returns the text with *** in the place of each secret.
func (m *Mask) Hide(text string) string {
	if r := m.replacer.Load(); r != nil {
		return r.Replace(text)
	}
	return text
}
