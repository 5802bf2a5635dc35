package corpus

import "strconv"

// facts are the slots that names and dates fill: those of the story, and those that are drawn anew each time.
var facts = map[string]func(s *story){
	"bureau":     func(s *story) { s.put(draw(s.places, names["bureau"])) },
	"boss":       func(s *story) { s.put(s.boss) },
	"brand":      func(s *story) { s.put(s.brand) },
	"city":       func(s *story) { s.put(s.home.city) },
	"cityname":   func(s *story) { s.put(short(s.home.city)) },
	"county":     func(s *story) { s.put(s.county) },
	"countyname": func(s *story) { s.put(short(s.county)) },
	"firm":       func(s *story) { s.put(s.firm) },
	"official":   func(s *story) { s.put(s.official) },
	"park":       func(s *story) { s.put(s.park) },
	"parkname":   func(s *story) { s.put(s.park) },
	"product":    func(s *story) { s.put(s.product) },
	"prov":       func(s *story) { s.put(s.home.province) },
	"sum":        func(s *story) { s.put(s.total) },
	"trade":      func(s *story) { s.put(s.trade.name) },
	"project":    func(s *story) { s.put(s.brand + s.product + "项目") },

	"brand2":    otherBrand,
	"brand3":    otherBrand,
	"city2":     func(s *story) { s.put(draw(s.places, regions).city) },
	"city2name": func(s *story) { s.put(short(draw(s.places, regions).city)) },
	"city3":     func(s *story) { s.put(draw(s.places, regions).city) },
	"firm2":     otherFirm,
	"firm3":     otherFirm,
	"person":    func(s *story) { s.put(s.newPerson()) },
	"product2":  otherProduct,
	"product3":  func(s *story) { s.put(draw(s.products, s.trade.products)) },
	"prov2":     func(s *story) { s.put(draw(s.places, regions).province) },
	"trade2":    func(s *story) { s.put(draw(s.products, trades).name) },

	"after":          func(s *story) { s.put(s.to.AddDate(0, 0, 1).Format("1月2日")) },
	"br":             func(s *story) { s.text = append(s.text, '\n') },
	"bureau1":        func(s *story) { s.put(s.bureau) },
	"chosen":         func(s *story) { s.put(s.chosen) },
	"feast":          func(s *story) { s.put(s.feast) },
	"from":           func(s *story) { s.put(s.from.Format("1月2日")) },
	"street":         func(s *story) { s.put(s.street) },
	"thing.facility": func(s *story) { s.put(s.facility) },
	"thing.machine":  func(s *story) { s.put(s.machine) },
	"to":             func(s *story) { s.put(s.to.Format("1月2日")) },
	"date":           func(s *story) { s.put(s.day.AddDate(0, 0, 1+s.dates.IntN(30)).Format("2006年1月2日")) },
	"ordinal":        func(s *story) { s.put(s.ordinal) },
	"period":         func(s *story) { s.put(s.period) },
	"day":            func(s *story) { s.put(s.day.Format("1月2日")) },
	"md": func(s *story) {
		s.put(strconv.Itoa(1+s.dates.IntN(12)) + "月" + strconv.Itoa(1+s.dates.IntN(28)) + "日")
	},
	"month":    func(s *story) { s.put(strconv.Itoa(1+s.dates.IntN(12)) + "月") },
	"nextyear": func(s *story) { s.put(strconv.Itoa(s.day.Year() + 1 + s.dates.IntN(4))) },
	"year":     func(s *story) { s.put(strconv.Itoa(s.day.Year())) },
	"yr":       func(s *story) { s.put(strconv.Itoa(s.day.Year() - 1 - s.dates.IntN(14))) },
}

func otherBrand(s *story) {
	_, brand := s.newFirm()
	s.put(brand)
}

func otherFirm(s *story) {
	full, _ := s.newFirm()
	s.put(full)
}

func otherProduct(s *story) {
	if s.products.IntN(3) == 0 {
		s.put(draw(s.products, draw(s.products, trades).products))
		return
	}
	s.put(draw(s.products, s.trade.products))
}
