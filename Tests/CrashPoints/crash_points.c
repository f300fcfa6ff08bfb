// Preloaded into the program by the crash tests: ends it at the Nth time that it gives a file of a
// record its name, or refuses it that.
//
//   CRASH_ROLE     worker | parent: which processes count (by the command's first argument)
//   CRASH_NUMBER   which call acts, from 1
//   CRASH_ACTION   before | after: killed before or after the call; full: the disk is full from then on
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int calls;

static int counts_here(void) {
  static int answer = -1;
  if (answer >= 0) return answer;
  char line[256] = {0};
  int file = open("/proc/self/cmdline", O_RDONLY | O_CLOEXEC);
  ssize_t count = file < 0 ? 0 : read(file, line, sizeof line - 1);
  if (file >= 0) close(file);
  const char *first = line + strlen(line) + 1;
  int is_worker = first < line + count && strcmp(first, "worker") == 0;
  const char *role = getenv("CRASH_ROLE");
  answer = role && is_worker == (strcmp(role, "worker") == 0);
  return answer;
}

static int acts(const char *action) {
  const char *wanted = getenv("CRASH_ACTION"), *number = getenv("CRASH_NUMBER");
  if (!wanted || !number || strcmp(wanted, action) != 0) return 0;
  int at = atoi(number);
  return strcmp(action, "full") == 0 ? calls >= at : calls == at;
}

static int call(int (*next)(const char *, const char *), const char *from, const char *to) {
  if (!counts_here()) return next(from, to);
  __sync_add_and_fetch(&calls, 1);
  if (acts("full")) {
    errno = ENOSPC;
    return -1;
  }
  if (acts("before")) kill(getpid(), SIGKILL);
  int result = next(from, to);
  if (acts("after")) kill(getpid(), SIGKILL);
  return result;
}

int rename(const char *from, const char *to) {
  return call((int (*)(const char *, const char *))dlsym(RTLD_NEXT, "rename"), from, to);
}

int link(const char *from, const char *to) {
  return call((int (*)(const char *, const char *))dlsym(RTLD_NEXT, "link"), from, to);
}
