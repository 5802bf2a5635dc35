package crawler

import "context"

// followLists reads the sitemaps that the index of a source names. One that cannot be read is counted and logged, and due in the next pass.
func (p *pass) followLists(ctx context.Context, lists []string) error {
	for _, address := range lists {
		if err := p.follow(ctx, address); err != nil && p.starting.Err() != nil {
			return err
		}
	}
	return nil
}

// mayFollowLists leaves those of a page's lists that are to be read in this pass: of the same host, not read yet, and within MaxPages. Only the source's own page
// may be an index; the protocol knows no index of indexes (https://www.sitemaps.org/protocol.html#index).
func (p *pass) mayFollowLists(address string, lists []string) (follow []string) {
	if address != p.source.URL {
		return nil
	}
	for _, list := range lists {
		if p.source.MaxPages > 0 && p.listPages+len(follow) >= p.source.MaxPages {
			break
		}
		if hostname(list) == hostname(address) && !p.seen[canonical(list)] {
			follow = append(follow, list)
		}
	}
	return follow
}
