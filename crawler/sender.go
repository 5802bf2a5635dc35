package crawler

import (
	"net/http"
	"sync"

	"zhaowen/config"
)

// sender is the innermost round tripper. It sends each request the way that its source wants, and lets no secret of the source come back. All above it, the
// archive included, sees requests and answers without them.
type sender struct {
	config *config.Config
	direct *http.Transport
	names  names

	mu     sync.Mutex
	others map[route]*http.Transport
}

// route is what connections have in common that may serve the same requests.
type route struct {
	proxy    string
	insecure bool
}

func newSender(cfg *config.Config) *sender {
	return &sender{config: cfg, direct: newDialing(cfg, nil), names: names{guard: addressGuard{cfg.AllowAddresses}}, others: map[route]*http.Transport{}}
}

// RoundTrip implements http.RoundTripper.
func (s *sender) RoundTrip(req *http.Request) (*http.Response, error) {
	by := wayOf(req.Context())
	if by.proxied() {
		if err := s.names.check(req.Context(), req.URL.Hostname()); err != nil {
			return nil, err
		}
	}
	resp, err := s.transport(by, by.trusts(req.URL)).RoundTrip(by.outgoing(req))
	if err != nil {
		if by == nil {
			return nil, err
		}
		return nil, withoutSecrets(by.mask, err)
	}
	by.incoming(resp)
	return resp, nil
}

func (s *sender) transport(by *way, insecure bool) *http.Transport {
	r := route{insecure: insecure}
	if by.proxied() {
		r.proxy = by.proxy.String()
	}
	if r == (route{}) {
		return s.direct
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	t := s.others[r]
	if t == nil {
		t = newDialing(s.config, nil)
		if insecure {
			trustAnyCertificate(t)
		}
		if by.proxied() {
			throughProxy(t, by.proxy)
		}
		s.others[r] = t
	}
	return t
}

// CloseIdleConnections gives up idle connections.
func (s *sender) CloseIdleConnections() {
	s.direct.CloseIdleConnections()
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, t := range s.others {
		t.CloseIdleConnections()
	}
}
