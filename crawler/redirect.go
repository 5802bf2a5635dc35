package crawler

import (
	"net/http"
	"net/url"
)

const maxRedirects = 10

// checkRedirect has the signature of http.Client.CheckRedirect. One return to a URL of the chain is no loop: sites set a cookie and send the visitor back.
func checkRedirect(req *http.Request, via []*http.Request) error {
	if err := checkScheme(req.URL); err != nil {
		return err
	}
	seen := 0
	for _, earlier := range via {
		if earlier.URL.String() == req.URL.String() {
			seen++
		}
	}
	if seen > 1 {
		return &RedirectError{URL: req.URL.String(), Reason: "the redirects go in a loop"}
	}
	if len(via) > maxRedirects {
		return &RedirectError{URL: req.URL.String(), Reason: "more than 10 redirects"}
	}
	return nil
}

func checkScheme(u *url.URL) error {
	if u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
		return &SchemeError{u.Scheme}
	}
	return nil
}
