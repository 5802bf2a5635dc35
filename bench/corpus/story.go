package corpus

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strconv"
	"strings"
	"sync"
	"time"
)

// Stream is a kind of thing that an article tells of. Each kind is drawn from a stream of random numbers of its own, so that one can be drawn anew while
// all the rest of the text stays.
type Stream uint

// What an article tells of.
const (
	Places Stream = 1 << iota
	Firms
	People
	Products
	Amounts // every number but those of dates
	Dates
	Wording // the sentences: another article of the same things
)

// story is an article in the making: what it tells of, and the text so far.
type story struct {
	sources                                         [7]rand.PCG
	words                                           *rand.Rand // which patterns and which general words
	places, firms, people, products, amounts, dates *rand.Rand

	home            region
	county, park    string
	firm, brand     string
	trade           trade
	product         string
	total           string // of the investment, 亿元
	boss, official  string
	day             time.Time // of the event
	published       time.Time
	text            []byte
	weight          int // length of the text with every name and number taken for four characters: the plan is the same whatever they are
	used            []uint64
	publisher, link string
	notice
}

// slotWeight is what a name or a number counts for in story.weight.
const slotWeight = 4

// firstDay is the earliest date of an article, days the number of days that they spread over.
var firstDay = time.Date(2016, 1, 4, 0, 0, 0, 0, time.UTC)

const days = 3900

// perDay is how many articles are published a day: they come in the order of time, as news does.
const perDay = 250

// stories are kept for the next article: their buffers and generators would be most of what an article allocates.
var stories = sync.Pool{New: func() any {
	s := &story{used: make([]uint64, patterns/64+1)}
	for i, r := range s.streams() {
		*r = rand.New(&s.sources[i])
	}
	return s
}}

// streams lists the generators: that of the words, then one for each Stream, in their order.
func (s *story) streams() [7]**rand.Rand {
	return [...]**rand.Rand{&s.words, &s.places, &s.firms, &s.people, &s.products, &s.amounts, &s.dates}
}

// begin draws what article i tells of.
func (s *story) begin(seed uint64, i int, vary Stream) {
	for k := range s.sources {
		own := seed
		if vary>>((k+6)%7)&1 != 0 { // the words are first here and last in Stream
			own ^= 0x5bd1e995 // any other seed will do
		}
		s.sources[k].Seed(pcgSeed(own, i, k))
	}
	s.text, s.weight = s.text[:0], 0
	clear(s.used)
	s.home = draw(s.places, regions)
	s.county = draw(s.places, s.home.counties)
	s.park = short(s.county) + s.newPark()
	s.trade = draw(s.products, trades)
	s.product = draw(s.products, s.trade.products)
	s.firm, s.brand = s.newFirm()
	s.boss = draw(s.people, bosses) + s.newPerson()
	s.official = draw(s.people, officials) + s.newPerson()
	s.total = formatNumber(logUniform(s.amounts, 0.6, 120), 1+s.amounts.IntN(2)) + "亿元"
	s.day = firstDay.AddDate(0, 0, (i/perDay+s.dates.IntN(3))%days)
	s.published = s.day.AddDate(0, 0, s.dates.IntN(3))
	s.publisher = s.newPublisher()
	s.link = fmt.Sprintf("https://www.news%d.example/%s/t%s_%d.html", s.words.IntN(400), s.published.Format("200601"), s.published.Format("20060102"), 1000000+i)
}

var (
	bosses    = []string{"董事长", "总经理", "副总经理", "总裁", "负责人", "首席执行官", "执行董事", "生产总监"}
	officials = []string{"市委书记", "市长", "副市长", "区委书记", "县长", "市委常委", "管委会主任", "市政府秘书长"}
)

func draw[T any](r *rand.Rand, list []T) T { return list[r.IntN(len(list))] }

func (s *story) name(kind string) string { return draw(s.firms, names[kind]) }

func (s *story) newFirm() (full, brand string) {
	brand = s.name("brand1") + s.name("brand2")
	if s.firms.IntN(8) == 0 {
		brand += s.name("brand2")
	}
	if s.firms.IntN(3) == 0 {
		return short(draw(s.firms, regions).city) + brand + s.name("firmkind"), brand
	}
	return brand + s.name("firmkind"), brand
}

func (s *story) newPark() string {
	return draw(s.places, names["parkhead"]) + draw(s.places, names["parkkind"])
}

func (s *story) newPerson() string {
	person := draw(s.people, names["surname"])
	if s.people.IntN(4) > 0 {
		person += draw(s.people, names["given1"])
	}
	return person + draw(s.people, names["given2"])
}

func (s *story) newPublisher() string {
	place := short(s.home.city)
	if s.places.IntN(3) == 0 {
		place = short(s.county)
	}
	if s.places.IntN(2) == 0 {
		return place + draw(s.places, names["paper"])
	}
	return s.home.city + draw(s.places, names["bureau"])
}

// short takes the kind off the name of a region, where two characters stay: 昆山市 is 昆山, 青县 stays.
func short(region string) string {
	for _, suffix := range [...]string{"市", "区", "县", "旗", "省", "镇", "州", "地区", "新片区", "开发区"} {
		if rest, ok := strings.CutSuffix(region, suffix); ok && len(rest) >= 2*len("市") {
			return rest
		}
	}
	return region
}

// logUniform draws a number the way sums are spread in the world: as many between 1 and 10 as between 10 and 100.
func logUniform(r *rand.Rand, low, high float64) float64 {
	return low * math.Exp(r.Float64()*math.Log(high/low))
}

func formatNumber(x float64, decimals int) string { return strconv.FormatFloat(x, 'f', decimals, 64) }

// write draws a number of the range and writes it.
func (n number) write(s *story) {
	x := n.low + s.amounts.Float64()*(n.high-n.low)
	if n.low > 0 && n.high/n.low >= 8 {
		x = logUniform(s.amounts, n.low, n.high)
	}
	if n.decimals == 0 {
		x = math.Round(x/n.step) * n.step
	}
	s.text = strconv.AppendFloat(s.text, x, 'f', n.decimals, 64)
	s.weight += slotWeight
}

// word writes a general word.
func (s *story) word(w string) {
	s.text = append(s.text, w...)
	s.weight += len(w) / 3
}

// put writes a name or a date.
func (s *story) put(name string) {
	s.text = append(s.text, name...)
	s.weight += slotWeight
}
