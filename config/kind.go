package config

import (
	"errors"
	"fmt"
	"math"
	"net/netip"
	"strconv"
	"time"
)

// forms of a YAML scalar; a kind takes exactly one. A value that holds ${NAME} is text whatever the kind.
const (
	formText     = "text"
	formNumber   = "a number"
	formFraction = "a number with a fraction"
	formBool     = "true or false"

	wantText = "text"
)

// kind is a type of value: its name in the documentation, what a wrong type should have been, how it is checked and stored in
// its slot (a pointer to the field), and its JSON Schema.
type kind struct {
	name   string
	want   string
	form   string
	list   bool                          // a YAML list of such values
	secret bool                          // never shown in a message
	raw    bool                          // shown in messages as it stands in the file, before ${NAME} is replaced
	stored func(raw, value string) error // checks what the environment has put in; nil: anything may be
	named  func(name string) error       // of a mapping of such values, checks each name; nil: no mapping
	store  func(slot any, text string) error
	schema map[string]any
}

// text is a string that passes a check.
func text(name string, check func(string) error, schema map[string]any) kind {
	return kind{
		name: name, want: wantText, form: formText, schema: schema,
		store: func(slot any, text string) error {
			if err := check(text); err != nil {
				return err
			}
			switch slot := slot.(type) {
			case *string:
				*slot = text
			case *[]string:
				*slot = append(*slot, text)
			}
			return nil
		},
	}
}

// wanting names the right thing where "text" would mislead: a bare number is then left to the check's own advice.
func (k kind) wanting(what string) kind {
	k.want = what
	return k
}

// told is a value that messages show as it stands in the file, since its variables may hold secrets. stored checks what they have put in.
func (k kind) told(stored func(raw, value string) error) kind {
	k.raw, k.stored = true, stored
	return k
}

// secretly is a value that no message shows.
func (k kind) secretly() kind {
	k.secret = true
	return k
}

// texts is a mapping of names, which are checked, to secret texts.
func texts(check func(name string) error) kind {
	k := text("mapping of texts", notEmpty, map[string]any{"type": "string"}).secretly()
	k.named = check
	return k
}

// listOf is a YAML list of values that are stored one by one.
func listOf(one kind) kind {
	one.list = true
	one.name = "list of " + one.name + "s"
	return one
}

// count is a whole number from low to high, both included.
func count(low, high int) kind {
	name := fmt.Sprintf("whole number, %d to %d", low, high)
	if high == math.MaxInt32 {
		name = fmt.Sprintf("whole number from %d", low)
	}
	schema := map[string]any{"type": "integer", "minimum": low, "maximum": high}
	return kind{
		name: name, want: "a whole number", form: formNumber, schema: schema,
		store: func(slot any, text string) error {
			n, err := strconv.Atoi(text)
			switch {
			case err != nil && !errors.Is(err, strconv.ErrRange):
				return errors.New("no whole number")
			case err != nil || n < low || n > high:
				return fmt.Errorf("must be from %d to %d", low, high)
			}
			*slot.(*int) = n
			return nil
		},
	}
}

// duration is a time with its unit, at least low and at most high.
func duration(low, high time.Duration) kind {
	schema := map[string]any{"type": "string", "pattern": durationPattern}
	if low == 0 {
		schema = map[string]any{"type": []any{"string", "integer"}, "pattern": "^0$|" + durationPattern, "maximum": 0, "minimum": 0}
	}
	return kind{
		name: "duration", want: "a duration with its unit", form: formText, schema: schema,
		store: func(slot any, text string) error {
			d, err := parseDuration(text)
			switch {
			case text == "0" && low == 0: // nothing has no unit
				d = 0
			case err != nil:
				return err
			case d < low:
				return fmt.Errorf("must be at least %v", low)
			case d > high:
				return fmt.Errorf("must be at most %v", high)
			}
			*slot.(*time.Duration) = d
			return nil
		},
	}
}

// size is a number of bytes with its unit, at least one byte and at most high.
func size(high int64) kind {
	schema := map[string]any{"type": "string", "pattern": sizePattern}
	return kind{
		name: "size", want: "a size with its unit", form: formText, schema: schema,
		store: func(slot any, text string) error {
			bytes, err := parseSize(text)
			switch {
			case err != nil:
				return err
			case bytes < 1:
				return errors.New("must be at least 1B")
			case bytes > high:
				return fmt.Errorf("must be at most %dMiB", high>>20)
			}
			*slot.(*int64) = bytes
			return nil
		},
	}
}

var boolean = kind{
	name: "true or false", want: "true or false", form: formBool, schema: map[string]any{"type": "boolean"},
	store: func(slot any, text string) error {
		if text != "true" && text != "false" {
			return errors.New("must be true or false")
		}
		*slot.(*bool) = text == "true"
		return nil
	},
}

var zone = kind{
	name: "time zone", want: "a time zone's name", form: formText, schema: map[string]any{"type": "string", "minLength": 1},
	store: func(slot any, text string) error {
		if text == "" || text == "Local" {
			return errors.New("name the zone, e.g. Asia/Shanghai")
		}
		location, err := time.LoadLocation(text)
		if err != nil {
			return errors.New("unknown time zone: write an IANA name; that of China is Asia/Shanghai")
		}
		*slot.(**time.Location) = location
		return nil
	},
}

var network = kind{
	name: "CIDR", want: "a CIDR", form: formText, schema: map[string]any{"type": "string"},
	store: func(slot any, text string) error {
		prefix, err := netip.ParsePrefix(text)
		if err != nil {
			if address, addressErr := netip.ParseAddr(text); addressErr == nil && address.Zone() == "" {
				return fmt.Errorf("no CIDR: for this one address write %s", netip.PrefixFrom(address, address.BitLen()))
			}
			return errors.New("no CIDR: write e.g. 127.0.0.0/8 or fd00::/8")
		}
		if prefix != prefix.Masked() {
			return fmt.Errorf("has bits beyond its length: write %s", prefix.Masked())
		}
		slice := slot.(*[]netip.Prefix)
		*slice = append(*slice, prefix)
		return nil
	},
}
