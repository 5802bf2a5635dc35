package config

import (
	"errors"
	"fmt"
	"net"
	"net/mail"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"github.com/andybalholm/cascadia"
	"github.com/itchyny/gojq"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/htmlindex"
)

const (
	idPattern     = `^[a-z0-9][a-z0-9._-]{0,63}$`
	regionPattern = `^[0-9]{6}$`
)

var (
	idForm     = regexp.MustCompile(idPattern)
	regionForm = regexp.MustCompile(regionPattern)
)

// printable refuses what would break a line of a log or a header of a request.
func printable(text string) error {
	if strings.ContainsFunc(text, unicode.IsControl) {
		return errors.New("holds a line break or another control character")
	}
	return nil
}

func notEmpty(text string) error {
	if strings.TrimSpace(text) == "" {
		return errors.New("is empty")
	}
	return printable(text)
}

func checkID(text string) error {
	if !idForm.MatchString(text) {
		return errors.New("write lower-case letters, digits, - _ and . (first a letter or digit, at most 64)")
	}
	return nil
}

// checkURL asks for an absolute http or https URL. Han characters may stand in it; they are escaped when it is fetched.
func checkURL(text string) error {
	if strings.ContainsFunc(text, func(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) }) {
		return errors.New("holds a space or a control character")
	}
	u, err := url.Parse(text)
	switch {
	case err != nil && strings.Contains(text, "@"): // the error might quote a part of a password
		return errors.New("no URL: write e.g. https://example.gov.cn/tzdt/")
	case err != nil:
		var parse *url.Error
		if errors.As(err, &parse) {
			err = parse.Err
		}
		return fmt.Errorf("no URL (%w): write e.g. https://example.gov.cn/tzdt/", err)
	case u.Scheme != "http" && u.Scheme != "https":
		return errors.New("only http and https can be crawled: write e.g. https://example.gov.cn/tzdt/")
	case u.Hostname() == "":
		return errors.New("has no host: write e.g. https://example.gov.cn/tzdt/")
	case u.User != nil:
		return errors.New(`holds a user or password, and would be logged and stored: take it out and write auth: {user: …, password: "${GZ_PASSWORD}"}`)
	}
	return nil
}

func checkContact(text string) error {
	if text == "" || strings.HasPrefix(text, "http") && checkURL(text) == nil {
		return nil
	}
	if address, err := mail.ParseAddress(text); err != nil || address.Address != text {
		return errors.New("write a URL or an e-mail address that the owner of a site can use")
	}
	return nil
}

func checkBrowser(text string) error {
	if text == "" {
		return nil
	}
	u, err := url.Parse(text)
	if err != nil || u.Host == "" || !slices.Contains([]string{"http", "https", "ws", "wss"}, u.Scheme) {
		return errors.New("write the DevTools address of a Chromium, e.g. http://127.0.0.1:9222")
	}
	return printable(text)
}

func checkListen(text string) error {
	if text == "" {
		return nil
	}
	_, port, err := net.SplitHostPort(text)
	if err == nil {
		_, err = strconv.ParseUint(port, 10, 16)
	}
	if err != nil {
		return errors.New("write host:port, e.g. 127.0.0.1:8080, or :8080 for every address of the machine")
	}
	return nil
}

func checkSchedule(text string) error {
	_, err := ParseSchedule(text, time.UTC)
	return err
}

var robotsPolicies = []string{"obey", "ignore"}

func checkRobots(text string) error {
	for _, policy := range robotsPolicies {
		if text == policy {
			return nil
		}
	}
	return errors.New(suggest(text, robotsPolicies))
}

func checkRegion(text string) error {
	if text != "" && !regionForm.MatchString(text) {
		return errors.New(`write the six digits of the GB/T 2260 code, in quotes, e.g. "440100"`)
	}
	return nil
}

// checkCharset knows the labels of the WHATWG Encoding Standard, which are those of the web.
func checkCharset(text string) error {
	if text == "" {
		return nil
	}
	found, err := htmlindex.Get(text)
	if err != nil || found == encoding.Replacement {
		return fmt.Errorf("unknown charset: %s", suggest(text, []string{"gb18030", "gbk", "gb2312", "big5", "utf-8"}))
	}
	return nil
}

func checkSelector(text string) error {
	if text == "" {
		return nil
	}
	if _, err := cascadia.ParseGroup(text); err != nil {
		return fmt.Errorf("no CSS selector: %w", err)
	}
	return nil
}

// checkQuery compiles a jq expression without anything that reaches outside: input, modules and the environment are not there.
func checkQuery(text string) error {
	if text == "" {
		return nil
	}
	query, err := gojq.Parse(text)
	if err == nil {
		_, err = gojq.Compile(query)
	}
	if err != nil {
		return fmt.Errorf("no jq expression: %w", err)
	}
	return nil
}

// checkNeededQuery is checkQuery for a key that has no default.
func checkNeededQuery(text string) error {
	if strings.TrimSpace(text) == "" {
		return errors.New("is empty")
	}
	return checkQuery(text)
}

// suggest asks for the near name, or names them all.
func suggest(wrong string, names []string) string {
	if near := nearest(wrong, names); near != "" {
		return fmt.Sprintf("did you mean %q?", near)
	}
	return "write one of " + strings.Join(names, ", ")
}
