// The door to Open MPI, which is opened while the program runs: it is built and works without. Declarations of
// our own stand in for <mpi.h>, so that nothing of Open MPI is needed to build.
//
// They are those of Open MPI's binary interface, which libmpi.so.40 of its versions 4 and 5 has: handles are
// addresses of objects of the library, a status may be a null pointer, and "in place" is the address 1.
#ifndef COPENMPI_H
#define COPENMPI_H

#include <stddef.h>

// Opens the library. Returns NULL, or why it could not be opened, valid until the thread's next call of dlerror.
const char *om_open(void);

// Begins to speak with the other processes that mpirun has started; only the calling thread may go on.
// This and the functions below return 0, or the number of an error of the library.
int om_begin(int *rank, int *count);

// Waits for all processes and ends.
int om_end(void);

// Ends all processes at once, with that exit status.
void om_abort(int status);

// The version of the library, as it says itself, in at most 256 bytes.
int om_version(char *text);

// Copies bytes of the root to all processes. A process that waits sleeps after a moment.
int om_broadcast(void *bytes, int count, int root);

// Each process has written its own part of so many bytes; afterwards all have all parts. A process that waits
// sleeps after a moment.
int om_all_gather(void *bytes, int part);

// Each process sends part k of its floats to process k. Counts and offsets are in floats, one of each for every
// process.
int om_exchange(const float *sent, const int *sent_counts, const int *sent_offsets, float *received,
                const int *received_counts, const int *received_offsets);

// Each process has its own part of the floats; afterwards all have all parts.
int om_gather_parts(float *values, const int *counts, const int *offsets);

#endif
