// What a process asks of the system for itself, behind functions that Swift cannot import: prctl takes
// a variable number of arguments, and stdout is a variable that anybody could change.
#include <stdio.h>
#include <sys/prctl.h>

// The signal is sent to this process when the thread that started it ends; negative where refused.
static inline int process_end_with_parent(int signal) {
  return prctl(PR_SET_PDEATHSIG, (unsigned long)signal, 0UL, 0UL, 0UL);
}

// Whether something that was printed could not be written.
static inline int process_output_has_failed(void) { return ferror(stdout); }
