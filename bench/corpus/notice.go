package corpus

import (
	"slices"
	"strconv"
	"strings"
	"time"
)

// notice is what a notice speaks of besides a story.
type notice struct {
	bureau, chosen, facility, machine, street string
	ordinal, feast, period                    string // which batch (第三批), which holiday, which months (1-9月): dates, in that they tell one notice from the next
	from, to                                  time.Time
}

var (
	ordinals = []string{"一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二"}
	feasts   = []string{"元旦", "春节", "清明节", "劳动节", "端午节", "中秋节", "国庆节"}
	streets  = []string{"人民路", "解放路", "中山大道", "建设路", "滨河大道", "迎宾大道", "科技一路", "创新大道", "产业大道"}
)

// beginNotice draws what a notice speaks of, once the story has begun.
func (s *story) beginNotice(kind string) {
	s.bureau, s.chosen = draw(s.places, names["bureau"]), s.newPerson()
	s.street = draw(s.places, streets)
	s.facility, s.machine = s.phrase("facility"), s.phrase("machine")
	s.ordinal, s.feast = draw(s.dates, ordinals), draw(s.dates, feasts)
	s.from = s.day.AddDate(0, 0, 1+s.dates.IntN(12))
	s.to = s.from.AddDate(0, 0, 2+s.dates.IntN(9))
	last := strconv.Itoa(2 + s.dates.IntN(11))
	s.period = strconv.Itoa(s.day.Year()) + "年" + draw(s.words, []string{"1-" + last + "月", last + "月份", last + "月"})
	if month, _ := strconv.Atoi(last); kind == "monthly" && month >= int(s.published.Month()) { // statistics come after their months
		s.published = time.Date(s.day.Year(), time.Month(month+1), 9+s.dates.IntN(15), 0, 0, 0, 0, time.UTC)
	}
}

// phrase gives what a rule becomes, without writing it.
func (s *story) phrase(rule string) string {
	s.expand(draw(s.words, news.rules[news.byName[rule]]))
	return s.take()
}

// notices are the kinds of notice that the rules have: the rule notice.tender makes an invitation to tender.
var notices = noticeKinds()

func noticeKinds() []string {
	var out []string
	for name := range news.byName {
		if kind, ok := strings.CutPrefix(name, "notice."); ok {
			out = append(out, kind)
		}
	}
	slices.Sort(out)
	return out
}

// Notices lists the kinds of notice, sorted.
func Notices() []string { return slices.Clone(notices) }

// Notice makes a notice of one of the kinds: a short text, most of which is the same in every notice of its kind. Like Variant, it makes number i of other things
// of the kinds in vary.
func (c Corpus) Notice(kind string, i int, vary Stream) Article {
	s, _ := stories.Get().(*story)
	defer stories.Put(s)
	s.begin(c.Seed, i, vary)
	s.beginNotice(kind)
	s.rule("notice." + kind)
	title, body, _ := strings.Cut(s.take(), "\n")
	return Article{Title: title, Publisher: s.publisher, Date: s.published.Format(time.DateOnly), URL: s.link, Body: body}
}
