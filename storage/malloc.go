package storage

/*
#include <stdlib.h> // defines __GLIBC__
#ifdef __GLIBC__
#include <malloc.h>
// Before main, and so before the first thread: an arena that there is already stays in use.
__attribute__((constructor)) static void tune_malloc(void) {
	mallopt(M_ARENA_MAX, 1);
	mallopt(M_TRIM_THRESHOLD, 16 << 20);
	mallopt(M_TOP_PAD, 1 << 20);
	mallopt(M_MMAP_THRESHOLD, 1 << 20);
}
#endif
*/
import "C"

// glibc gives threads heaps (arenas) of their own, and SQLite's calls come from whatever thread Go has at hand: what one has freed lies idle there while another takes more.
// With one heap for all, a large ingest takes half the memory; SQLite is called by few threads at once. The heap gives back to
// the system only what is free beyond 16 MiB, and grows by 1 MiB: with glibc's 128 KiB it grew and shrank all the time, which took 3 % of a crawl.
