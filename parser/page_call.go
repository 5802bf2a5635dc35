package parser

import (
	"net/url"
	"regexp"
	"strings"
)

var (
	scriptCall = regexp.MustCompile(`(?:javascript:)?\s*(?:return\s+)?([A-Za-z_$][\w$.]*)\s*\(\s*['"]?(\d{1,6})['"]?`)
	// a call of a function without an argument, and an address that it sets, with nothing to be added to it
	emptyCall    = regexp.MustCompile(`^\s*(?:javascript:)?\s*(?:return\s+)?([A-Za-z_$][\w$]*)\s*\(\s*\)`)
	wholeAddress = regexp.MustCompile(`^location(?:\.href)?\s*(?:=|\.(?:replace|assign)\()\s*["']([^"'+\s]+)["']\s*\)?\s*[;}\n]`)
	concatURL    = regexp.MustCompile(`(?:["']([^"']*)["']\s*\+\s*)(?:parseInt\s*\()?([A-Za-z_$][\w$]*)\)?(?:\s*\+\s*["']([^"']*)["'])?`)
)

// pageCall follows a call such as javascript:gotoPage(2): into the function of that name, where it builds an address from the number, or else into the
// form that it submits by GET.
func (d *Document) pageCall(call string) string {
	m := scriptCall.FindStringSubmatch(call)
	if m == nil {
		return d.plainCall(call)
	}
	name, number := m[1], m[2]
	body := d.functionBody(name)
	if body == "" {
		return ""
	}
	for _, at := range concatURL.FindAllStringSubmatchIndex(body, -1) {
		c := []string{"", body[at[2]:at[3]], "", ""}
		if at[6] >= 0 {
			c[3] = body[at[6]:at[7]]
		}
		c[1] = d.variableBefore(body[:at[0]]) + c[1]
		if prefix := c[1]; strings.ContainsAny(prefix, "/?_=.") || strings.Contains(c[3], ".") {
			return d.resolve(prefix + number + c[3])
		}
	}
	if strings.Contains(body, "submit") {
		return d.formTarget(number)
	}
	return ""
}

var variableEnd = regexp.MustCompile(`([A-Za-z_$][\w$]*)\s*\+\s*$`)

// variableBefore gives the value of a variable that an address begins with, as in ctx+"/list.do", where a script of the page writes it out; else nothing.
func (d *Document) variableBefore(text string) string {
	m := variableEnd.FindStringSubmatch(text[max(0, len(text)-80):])
	if m == nil {
		return ""
	}
	value := regexp.MustCompile(`\b` + regexp.QuoteMeta(m[1]) + `\s*=\s*["']([^"'\s]*)["']\s*[;,\n]`)
	for _, s := range d.scripts {
		if v := value.FindStringSubmatch(s.text); v != nil {
			return v[1]
		}
	}
	return ""
}

// plainCall follows a call without a number into the function of that name, where it sets the location to an address that is written out.
func (d *Document) plainCall(call string) string {
	m := emptyCall.FindStringSubmatch(call)
	if m == nil {
		return ""
	}
	body := d.functionBody(m[1])
	at := strings.Index(body, "location")
	if at < 0 {
		return ""
	}
	if m := wholeAddress.FindStringSubmatch(body[at:]); m != nil {
		return d.resolve(m[1])
	}
	return ""
}

const maxFunctions = 16 // functions that are looked for in the scripts of a page

// functionBody gives the text of a function of the page's scripts, from its name to the end of its block.
func (d *Document) functionBody(name string) string {
	body, known := d.functions[name]
	if !known && len(d.functions) < maxFunctions {
		if d.functions == nil {
			d.functions = map[string]string{}
		}
		body = d.findFunction(name)
		d.functions[name] = body
	}
	return body
}

func (d *Document) findFunction(name string) string {
	for _, s := range d.scripts {
		for _, opening := range [...]string{"function " + name + "(", "function " + name + " (", name + "=function(", name + " = function("} {
			at := strings.Index(s.text, opening)
			if at < 0 {
				continue
			}
			depth := 0
			for i := at; i < len(s.text); i++ {
				switch s.text[i] {
				case '{':
					depth++
				case '}':
					depth--
					if depth == 0 {
						return s.text[at : i+1]
					}
				}
			}
			return s.text[at:]
		}
	}
	return ""
}

var pageField = regexp.MustCompile(`(?i)^(cur(rent)?_?)?page(_?(no|num|index|number))?$|^pn$|^p$`)

// formTarget gives the address that a GET form with a field for the page number leads to.
func (d *Document) formTarget(number string) string {
	for i := range d.Nodes {
		if d.Nodes[i].Tag != "form" || strings.EqualFold(d.attr(i, "method"), "post") {
			continue
		}
		query := url.Values{}
		paged := false
		for j := i + 1; j < d.Nodes[i].End; j++ {
			name := d.attr(j, "name")
			if d.Nodes[j].Tag != "input" || name == "" {
				continue
			}
			if pageField.MatchString(name) {
				query.Set(name, number)
				paged = true
			} else if strings.EqualFold(d.attr(j, "type"), "hidden") {
				query.Set(name, d.attr(j, "value"))
			}
		}
		if !paged {
			continue
		}
		action, _, _ := strings.Cut(d.attr(i, "action"), "?")
		if action == "" && d.url != nil {
			action = d.url.Path
		}
		return d.resolve(action + "?" + query.Encode())
	}
	return ""
}
