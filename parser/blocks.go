package parser

import "strings"

// finishBlocks joins the texts of each block and counts what the rules ask for.
func (d *Document) finishBlocks() {
	for i := range d.Texts {
		d.Blocks[d.Texts[i].Block].last = i + 1
	}
	unclosed := d.unclosedLinks()
	for i := range d.Blocks {
		b := &d.Blocks[i]
		if b.last == b.first+1 {
			b.Text = strings.TrimSpace(d.Texts[b.first].S)
		} else {
			var joined strings.Builder
			for j := b.first; j < b.last; j++ {
				joined.WriteString(d.Texts[j].S)
			}
			b.Text = collapse(joined.String())
		}
		b.length = runeCount(b.Text)
		b.noise = isNoise(b.Text) || b.last > b.first+1 && b.length <= noiseMost && d.areButtons(b)
		for j := b.first; j < b.last; j++ {
			if link := d.Texts[j].Link; link >= 0 && !unclosed[link] {
				b.linked += d.Texts[j].chars
			}
		}
		b.Heading = d.headingLevel(b.Node)
	}
}

// areButtons tells whether each of a block's elements holds nothing but words of furniture and counts: 点赞 31 | 收藏 | 分享海报, with no space between them.
func (d *Document) areButtons(b *Block) bool {
	words := 0
	for i := b.first; i < b.last; i++ {
		if strings.Trim(d.Texts[i].S, " \u00a0()（）[]0123456789.+") == "" {
			continue
		}
		if !allFurniture(d.Texts[i].S) {
			return false
		}
		words++
	}
	return words > 0
}

// unclosedLinks finds links that hold more text than a link can: somebody forgot to close them.
func (d *Document) unclosedLinks() map[int]bool {
	chars := map[int]int{}
	unclosed := map[int]bool{}
	for i := range d.Texts {
		if link := d.Texts[i].Link; link >= 0 {
			chars[link] += d.Texts[i].chars
			if chars[link] > 400 {
				unclosed[link] = true
			}
		}
	}
	return unclosed
}

// headingLevel is the level of the h1 to h6 around a node, two levels up at the most.
func (d *Document) headingLevel(node int) int {
	for range 3 {
		if node < 0 {
			return 0
		}
		if tag := d.Nodes[node].Tag; len(tag) == 2 && tag[0] == 'h' && tag[1] >= '1' && tag[1] <= '6' {
			return int(tag[1] - '0')
		}
		node = d.Nodes[node].Parent
	}
	return 0
}

func (d *Document) addMeta(attrs []attribute) {
	for _, key := range [...]string{"name", "property", "itemprop"} {
		if name := valueOf(attrs, key); name != "" {
			d.metas = append(d.metas, meta{strings.ToLower(strings.TrimSpace(name)), collapse(valueOf(attrs, "content"))})
			return
		}
	}
}

func (d *Document) rebase(href string) {
	if d.url == nil || href == "" {
		return
	}
	if base, err := d.url.Parse(href); err == nil {
		d.url = base
	}
}

func valueOf(attrs []attribute, name string) string {
	for i := range attrs {
		if attrs[i].name == name {
			return attrs[i].value
		}
	}
	return ""
}

func classOf(attrs []attribute) string {
	class, id := valueOf(attrs, "class"), valueOf(attrs, "id")
	switch {
	case id == "":
		return strings.ToLower(strings.TrimSpace(class))
	case class == "":
		return strings.ToLower(strings.TrimSpace(id))
	}
	return strings.ToLower(strings.TrimSpace(class + " " + id))
}
