package crawler

import (
	"strings"

	"zhaowen/config"
)

// productToken is what site owners name this crawler by in robots.txt, unless another user agent is configured.
const productToken = "Zhaowen"

// userAgent returns the User-Agent header: the configured one, else product, version and contact.
func userAgent(cfg *config.Config, version string) string {
	if cfg.UserAgent != "" {
		return cfg.UserAgent
	}
	agent := productToken
	if version != "" {
		agent += "/" + strings.ReplaceAll(version, " ", "-")
	}
	if cfg.Contact != "" {
		agent += " (+" + cfg.Contact + ")"
	}
	return agent
}

// agentToken returns the product token of a User-Agent header: "Mybot" of "Mybot/1.0 (…)" and of "Mozilla/5.0 (compatible; Mybot/1.0; …)".
func agentToken(userAgent string) string {
	if _, after, found := strings.Cut(userAgent, "compatible;"); found {
		userAgent = strings.TrimSpace(after)
	}
	end := strings.IndexAny(userAgent, "/ ;()")
	if end == 0 || userAgent == "" {
		return productToken
	}
	if end > 0 {
		userAgent = userAgent[:end]
	}
	return userAgent
}
