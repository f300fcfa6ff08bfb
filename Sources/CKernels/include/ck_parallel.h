#ifndef CK_PARALLEL_H
#define CK_PARALLEL_H

// Runs body(context, unit) for unit = 0 ..< units on `threads` threads of the OpenMP runtime that
// oneDNN uses, so that both share one team of threads. Which thread takes which unit never
// changes what is computed: a kernel that reduces writes one partial result a unit and adds them
// in the order of the units afterwards.
typedef void (*ck_body)(void *context, int unit);
void ck_parallel(int threads, int units, ck_body body, void *context);

// How many threads oneDNN's primitives are made for and run with, from the calling thread.
void ck_set_library_threads(int threads);

#endif
