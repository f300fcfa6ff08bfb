// What a process asks of the system for itself, behind functions that Swift cannot import: prctl takes
// a variable number of arguments, and stdout is a variable that anybody could change.
#include <stdio.h>
#include <sys/prctl.h>
#include <sys/socket.h>

// The signal is sent to this process when the thread that started it ends; negative where refused.
static inline int process_end_with_parent(int signal) {
  return prctl(PR_SET_PDEATHSIG, (unsigned long)signal, 0UL, 0UL, 0UL);
}

// Whether something that was printed could not be written.
static inline int process_output_has_failed(void) { return ferror(stdout); }

// A connection whose descriptor no child inherits from its first moment on: accept4 is GNU's, and Swift's
// Glibc leaves it out.
extern int accept4(int, struct sockaddr *, socklen_t *, int);
static inline int process_accept(int listener) {
  return accept4(listener, (struct sockaddr *)0, (socklen_t *)0, SOCK_CLOEXEC | SOCK_NONBLOCK);
}
