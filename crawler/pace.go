package crawler

import "time"

const (
	firstPenalty    = time.Second     // delay after the first 429 or 503 of a host that had a shorter one
	maxPenalty      = 2 * time.Minute // longest delay that 429 and 503 lead to
	easeAfter       = 5               // answers in a row that halve it again
	latencyShare    = 2               // a host that answers slowly has rests this many times as long as its answers take, by the requests at once
	maxLatencyDelay = 30 * time.Second
	smoothing       = 0.2 // weight of the latest response time
)

// pace is how fast a host can be asked, as its answers tell. Each 429 and 503 doubles the delay; five answers in a row halve it, until the configured one is
// reached. A host that takes long to answer has longer rests, unless its sources are configured without any.
type pace struct {
	penalty time.Duration // 0: none
	slowed  time.Time     // when it was last raised
	eased   int           // good answers since it was last changed
	latency time.Duration // smoothed; 0: not known
}

// delay is what stands between the starts of two requests.
func (p *pace) delay(d demand) time.Duration {
	delay := max(d.delay, p.penalty)
	if d.delay > 0 {
		delay = max(delay, min(latencyShare*p.latency/time.Duration(max(d.concurrency, 1)), maxLatencyDelay))
	}
	return delay
}

// answered takes in how long an answer, or its failure, took.
func (p *pace) answered(took time.Duration) {
	if p.latency == 0 {
		p.latency = took
		return
	}
	p.latency += time.Duration(smoothing * float64(took-p.latency))
}

// slow doubles the delay, which was at least now, after a 429 or 503.
func (p *pace) slow(at time.Time, now, first time.Duration) {
	p.penalty = min(max(2*now, first), max(maxPenalty, now))
	p.slowed, p.eased = at, 0
}

// ease counts a good answer, and takes one step back towards the configured delay after some of them.
func (p *pace) ease(configured, first time.Duration) {
	if p.penalty == 0 {
		return
	}
	if p.eased++; p.eased < easeAfter {
		return
	}
	p.eased = 0
	if p.penalty /= 2; p.penalty <= configured || p.penalty < first {
		p.penalty = 0
	}
}
