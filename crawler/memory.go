package crawler

import (
	"context"
	"time"

	"zhaowen/storage"
)

// saveTimeout bounds the reading and writing of what is known of hosts.
const saveTimeout = 5 * time.Second

// recall takes in what the file knows of a host that is met for the first time. What cannot be read is not known: the host is asked with the configured delay.
func (p *politeness) recall(ctx context.Context, h *host) {
	if p.db == nil {
		return
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), saveTimeout) // a pass that is stopped just now must not make the host forgotten
	defer cancel()
	known, found, err := p.db.Host(ctx, h.name)
	if err != nil || !found {
		return
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	h.saved = known
	h.pace.penalty, h.pace.latency, h.until = min(known.Delay, maxPenalty), known.Latency, known.Until
}

// restart is how long a process is away at least when it is started anew: what a host is left alone for any less need not be remembered.
const restart = time.Second

// save writes hosts of which something has changed that matters: the delay, the hold, or the response time by more than a half. The delay behind the last
// request is a hold to who comes next.
func (p *politeness) save(ctx context.Context, hosts ...*host) {
	if p.db == nil {
		return
	}
	var changed []storage.Host
	for _, h := range hosts {
		h.mu.Lock()
		now := storage.Host{Name: h.name, Delay: h.pace.penalty, Latency: h.pace.latency.Truncate(time.Millisecond), Until: h.until}
		if next := h.last.Add(h.delay()); next.After(now.Until) && time.Until(next) > restart {
			now.Until = next
		}
		if now.Delay != h.saved.Delay || !now.Until.Equal(h.saved.Until) || now.Latency > h.saved.Latency*3/2 || now.Latency < h.saved.Latency/2 {
			h.saved = now
			changed = append(changed, now)
		}
		h.mu.Unlock()
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), saveTimeout)
	defer cancel()
	_ = p.db.SaveHosts(ctx, changed, time.Now()) // costs nothing but politeness after a restart; a file that cannot be written ends the pass elsewhere
}

// saveAll writes all hosts of which something has changed; called at the end of a pass.
func (p *politeness) saveAll(ctx context.Context) {
	p.mu.Lock()
	hosts := make([]*host, 0, len(p.hosts))
	for _, h := range p.hosts {
		hosts = append(hosts, h)
	}
	p.mu.Unlock()
	p.save(ctx, hosts...)
}
