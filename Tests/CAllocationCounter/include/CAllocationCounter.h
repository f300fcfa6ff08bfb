#ifndef C_ALLOCATION_COUNTER_H
#define C_ALLOCATION_COUNTER_H

// Counts the calls of malloc and its kin on one thread: linked into a test program, it stands before
// the C library's own, which it forwards to.

typedef struct {
  long own;      // by the program and every library but those below
  long onednn;   // by oneDNN and the C++ library that it calls for memory
} ac_counts;

// Whether this system allows it; elsewhere nothing is counted.
int ac_is_available(void);
// Counts those of the calling thread, from zero, until it calls ac_stop.
void ac_start(void);
ac_counts ac_stop(void);

#endif
