package config

// slots give, for each key of a mapping, where its value is stored: a pointer for a value, slots for a mapping inside.
type slots map[string]any

func (c *Config) slots() slots {
	return slots{
		"database": &c.Database, "archive": &c.Archive, "listen": &c.Listen, "timezone": &c.Location, "user_agent": &c.UserAgent,
		"contact": &c.Contact, "allow_addresses": &c.AllowAddresses, "browser": &c.Browser, "proxy": &c.Proxy, "shutdown_timeout": &c.ShutdownTimeout,
		"defaults": c.Defaults.slots(),
	}
}

func (c *Crawl) slots() slots {
	return slots{
		"schedule": &c.Schedule, "jitter": &c.Jitter, "recheck": &c.Recheck, "delay": &c.Delay, "concurrency": &c.Concurrency, "timeout": &c.Timeout,
		"max_pages": &c.MaxPages, "max_body": &c.MaxBody, "retries": &c.Retries, "robots": &c.Robots, "keep": &c.Keep,
	}
}

func (s *Source) slots() slots {
	all := s.Crawl.slots()
	all["id"], all["url"], all["name"], all["region"] = &s.ID, &s.URL, &s.Name, &s.Region
	all["charset"], all["disabled"] = &s.Charset, &s.Disabled
	all["render"], all["proxy"], all["tls"] = &s.Render, &s.Proxy, &s.TLS
	all["auth"] = slots{"user": &s.Auth.User, "password": &s.Auth.Password}
	all["headers"], all["query"] = &s.Headers, &s.Query
	all["list"] = slots{"row": &s.List.Row, "link": &s.List.Link, "date": &s.List.Date, "next": &s.List.Next}
	all["article"] = slots{
		"title": &s.Article.Title, "body": &s.Article.Body, "date": &s.Article.Date, "remove": &s.Article.Remove,
	}
	all["json"] = slots{
		"rows": &s.JSON.Rows, "title": &s.JSON.Title, "url": &s.JSON.URL, "date": &s.JSON.Date, "next": &s.JSON.Next,
	}
	return all
}
