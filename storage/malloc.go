package storage

/*
#include <stdlib.h>
#ifdef __GLIBC__
#include <malloc.h>
static void one_arena(void) { mallopt(M_ARENA_MAX, 1); }
#else
static void one_arena(void) {}
#endif
*/
import "C"

// glibc gives threads heaps of their own, and SQLite's calls come from whatever thread Go has at hand: what one has freed lies idle there while another takes more. With
// one heap for all, a large ingest takes less memory; SQLite is called by few threads at once.
func init() { C.one_arena() }
