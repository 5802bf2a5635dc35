"""The generated site for Scrapy: selectors by hand, one plain insert an article."""
import re
import sqlite3

import scrapy


class Site(scrapy.Spider):
    name = "site"
    custom_settings = {"ROBOTSTXT_OBEY": True, "CONCURRENT_REQUESTS": 64, "TELNETCONSOLE_ENABLED": False}

    def __init__(self, site, columns, db):
        self.start_urls = [f"{site}/c{c}/" for c in range(int(columns))]
        self.db = sqlite3.connect(db)
        self.db.execute("PRAGMA journal_mode = WAL")
        self.db.execute("CREATE TABLE articles (url TEXT PRIMARY KEY, title TEXT, published_on TEXT, body TEXT)")

    def parse(self, response):
        for href in response.css("ul.newsList li a::attr(href)").getall():
            yield response.follow(href, self.article)
        for cell in response.css("td[width='100']"):
            yield response.follow(cell.xpath("preceding-sibling::td[1]/a/@href").get(), self.article)
        paging = re.search(r'createPageHTML\((\d+), (\d+), "index", "html"\)', response.text)
        if paging and int(paging[2]) + 1 < int(paging[1]):
            yield response.follow(f"index_{int(paging[2]) + 1}.html", self.parse)
        following = response.xpath("//a[text()='下一页']/@href").get()
        if following:
            yield response.follow(following, self.parse)

    def article(self, response):
        if response.css("div.TRS_Editor"):
            title = response.css("h1.tit::text").get()
            date = response.css("div.info span::text").get()[5:15]
            paragraphs = ["".join(p.css("::text").getall()).strip() for p in response.css("div.TRS_Editor p")]
        else:
            title = response.css("font b::text").get()
            date = response.css("td[bgcolor]::text").get()[5:15]
            paragraphs = [p.get().strip("\xa0 \n") for p in response.css("td.text p::text")]
        self.db.execute("INSERT OR IGNORE INTO articles VALUES (?, ?, ?, ?)", (response.url, title, date, "\n".join(paragraphs)))
        self.db.commit()
