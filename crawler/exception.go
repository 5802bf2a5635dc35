package crawler

import (
	"crypto/tls"
	"net/http"

	"zhaowen/config"
)

// trustAnyCertificate lets a transport take any certificate, and the versions and ciphers that old sites still have.
func trustAnyCertificate(t *http.Transport) {
	var ciphers []uint16
	for _, suite := range append(tls.CipherSuites(), tls.InsecureCipherSuites()...) {
		ciphers = append(ciphers, suite.ID)
	}
	settings := &tls.Config{}
	if t.TLSClientConfig != nil {
		settings = t.TLSClientConfig.Clone()
	}
	settings.InsecureSkipVerify, settings.MinVersion, settings.CipherSuites = true, tls.VersionTLS10, ciphers
	t.TLSClientConfig = settings
}

// warnOfException says once a pass that certificates are not checked.
func (c *Crawler) warnOfException(src config.Source) {
	if src.TLS == config.TLSInsecure {
		c.options.Log.Warn("certificates are not checked: what is fetched may come from anybody", "source", src.ID, "host", hostname(src.URL))
	}
}
