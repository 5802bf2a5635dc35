package config

import (
	"errors"
	"fmt"
	"regexp"
	"strings"
)

var envName = regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_]*$`)

// expand replaces ${NAME} and ${NAME:-default} in a value; as in a shell the default also stands for an empty variable.
// `$${` gives a literal `${`. It is done after the YAML is read, so that a variable's value can never become syntax.
// used tells whether any variable was replaced.
func expand(value string, env func(string) (string, bool)) (expanded string, used bool, err error) {
	var out strings.Builder
	for {
		at := strings.Index(value, "${")
		if at < 0 {
			out.WriteString(value)
			return out.String(), used, nil
		}
		if at > 0 && value[at-1] == '$' {
			out.WriteString(value[:at-1] + "${")
			value = value[at+2:]
			continue
		}
		out.WriteString(value[:at])
		inside, rest, closed := strings.Cut(value[at+2:], "}")
		if !closed {
			return "", used, errors.New("${ without its }: write ${NAME}, or $${ for a literal ${")
		}
		name, fallback, hasFallback := strings.Cut(inside, ":-")
		if !envName.MatchString(name) {
			return "", used, fmt.Errorf("${%s} is no variable: write ${NAME} or ${NAME:-default}, or $${ for a literal ${", inside)
		}
		text, set := "", false
		if env != nil {
			text, set = env(name)
		}
		switch {
		case hasFallback && text == "":
			text = fallback
		case !set:
			return "", used, fmt.Errorf("the environment variable %s is not set: set it, or write ${%s:-default}", name, name)
		}
		out.WriteString(text)
		used, value = true, rest
	}
}
