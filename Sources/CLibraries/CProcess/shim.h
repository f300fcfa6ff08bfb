// What a process asks of the system for itself, behind functions that Swift cannot import: prctl takes
// a variable number of arguments, stdout is a variable that anybody could change, and what runs in a handler of
// signals must not allocate.
#include <execinfo.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <unistd.h>

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

// Signals by which a mistake of the program ends it.
static const int process_crash_signals[] = {SIGILL, SIGTRAP, SIGABRT, SIGBUS, SIGFPE, SIGSEGV, SIGSYS};

// Writes the stack of the thread to standard error, as addresses that addr2line knows, and ends the process by
// the same signal. It takes no memory: what crashed may have been the allocator.
static void process_say_crash(int signal_number) {
  static const char head[] = "stack trace:\n";
  void *frames[64];
  int count = backtrace(frames, 64);
  if (write(STDERR_FILENO, head, sizeof head - 1) > 0) backtrace_symbols_fd(frames, count, STDERR_FILENO);
  signal(signal_number, SIG_DFL);
  raise(signal_number);
}

// Says from now on where the process crashes. A stack that has overflown has no room for saying it, so that of
// the calling thread gets another one for that.
static inline void process_trace_crashes(void) {
  static char spare[1 << 16];
  stack_t stack = {.ss_sp = spare, .ss_size = sizeof spare};
  sigaltstack(&stack, 0);
  // The first call loads a library, which a crashed process could not.
  void *frame;
  backtrace(&frame, 1);
  struct sigaction action;
  memset(&action, 0, sizeof action);
  action.sa_handler = process_say_crash;
  action.sa_flags = (int)(SA_RESETHAND | SA_ONSTACK | SA_NODEFER);
  for (unsigned index = 0; index < sizeof process_crash_signals / sizeof *process_crash_signals; index++)
    sigaction(process_crash_signals[index], &action, 0);
}
