package main

import (
	"context"
	"log/slog"
	"net/http/httptrace"
	"sync"
	"time"

	"zhaowen/config"
	"zhaowen/crawler"
	"zhaowen/parser"
)

// checkDelay is the longest wait between two requests of one check: it makes two or three, while a person waits.
const checkDelay = 500 * time.Millisecond

// pageReader fetches pages as the crawler would and reads them as ingest would.
type pageReader struct {
	crawler *crawler.Crawler
	source  config.Source
	rules   *parser.Rules
	now     func() time.Time // in the zone of the sites
}

func newPageReader(in *invocation, cfg *config.Config, source config.Source) (*pageReader, error) {
	rules, err := crawler.Rules(source)
	if err != nil {
		return nil, err
	}
	source.Delay = min(source.Delay, checkDelay)
	return &pageReader{
		crawler: crawler.New(crawler.Options{Config: cfg, Log: in.logger(slog.LevelWarn), Now: in.Now, Version: version}),
		source:  source, rules: rules, now: func() time.Time { return in.Now().In(cfg.Location) },
	}, nil
}

func (r *pageReader) close() { r.crawler.Close() }

// fetch fetches a page by the rules of the source, robots.txt included, and reads it.
func (r *pageReader) fetch(ctx context.Context, address string, as parser.Kind) (*checkedPage, error) {
	verdict, err := r.crawler.Robots(ctx, address, r.source)
	if err != nil {
		return nil, err
	}
	sent := stopwatch{}
	got, err := r.crawler.Fetch(sent.in(ctx), address, r.source)
	if err != nil {
		return nil, err
	}
	checked := &checkedPage{
		name: address, body: got.Body, fetched: true, final: got.FinalURL, status: got.Status, took: sent.elapsed(), robots: verdict,
	}
	return r.parse(checked, parser.Input{Body: got.Body, URL: got.FinalURL, ContentType: got.ContentType, As: as})
}

// stopwatch measures from the moment that a request is sent, without the wait for its turn.
type stopwatch struct {
	once  sync.Once
	begun time.Time
}

func (s *stopwatch) in(ctx context.Context) context.Context {
	return httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{
		GetConn: func(string) { s.once.Do(func() { s.begun = time.Now() }) },
	})
}

func (s *stopwatch) elapsed() time.Duration {
	if s.begun.IsZero() {
		return 0
	}
	return time.Since(s.begun)
}
