package storage

/*
#include <stdlib.h> // defines __GLIBC__
#ifdef __GLIBC__
#include <malloc.h>
// Before main, and so before the first thread: an arena that there is already stays in use.
__attribute__((constructor)) static void one_arena(void) { mallopt(M_ARENA_MAX, 1); }
#endif
*/
import "C"

// glibc gives threads heaps (arenas) of their own, and SQLite's calls come from whatever thread Go has at hand: what one has freed lies idle there while another takes more.
// With one heap for all, a large ingest takes half the memory; SQLite is called by few threads at once.
