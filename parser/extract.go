package parser

func (p *Page) readHTML(d *Document, in Input) {}
