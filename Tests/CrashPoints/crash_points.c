// Preloaded into the program by the crash tests: ends it at the Nth time that it asks the system for something
// that has to do with a record, or refuses it that.
//
//   CRASH_ROLE     worker | parent: which processes count (by the command's first argument)
//   CRASH_CALLS    names | write | fsync | read: which calls count; names are those that give a file its name,
//                  and the default
//   CRASH_FOLDER   where the files of the other calls lie
//   CRASH_NUMBER   which call acts, from 1
//   CRASH_ACTION   before | after: killed before or after the call; full, readonly: the disk is full, or can
//                  only be read, from then on; error: that call alone fails as of a broken disk
//   CRASH_MARK     a file that is made when something has acted
//   CRASH_BOOT     what this process reads as the system's boot id; locks hold within one such system alone
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/syscall.h>
#include <unistd.h>

static int calls;

// Whether this is a process of the wanted role. What the library itself asks for goes past its own functions.
static int counts_here(void) {
  static int answer = -1;
  if (answer >= 0) return answer;
  char line[256] = {0};
  long file = syscall(SYS_openat, AT_FDCWD, "/proc/self/cmdline", O_RDONLY | O_CLOEXEC);
  long count = file < 0 ? 0 : syscall(SYS_read, file, line, sizeof line - 1);
  if (file >= 0) syscall(SYS_close, file);
  const char *first = line + strlen(line) + 1;
  int is_worker = first < line + count && strcmp(first, "worker") == 0;
  const char *role = getenv("CRASH_ROLE");
  answer = role && is_worker == (strcmp(role, "worker") == 0);
  return answer;
}

static int counts(const char *kind) {
  const char *wanted = getenv("CRASH_CALLS");
  return counts_here() && strcmp(kind, wanted ? wanted : "names") == 0;
}

// Whether the file lies in the folder that is watched.
static int is_watched(int descriptor) {
  const char *folder = getenv("CRASH_FOLDER");
  if (!folder) return 0;
  char link[64], path[PATH_MAX];
  snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
  long count = syscall(SYS_readlink, link, path, sizeof path - 1);
  return count > 0 && strncmp(path, folder, strlen(folder)) == 0;
}

static int acts(const char *action) {
  const char *wanted = getenv("CRASH_ACTION"), *number = getenv("CRASH_NUMBER");
  if (!wanted || !number || strcmp(wanted, action) != 0) return 0;
  int at = atoi(number);
  int lasts = strcmp(action, "full") == 0 || strcmp(action, "readonly") == 0;
  if (lasts ? calls < at : calls != at) return 0;
  const char *mark = getenv("CRASH_MARK");
  long file = mark ? syscall(SYS_openat, AT_FDCWD, mark, O_WRONLY | O_CREAT | O_CLOEXEC, 0644) : -1;
  if (file >= 0) syscall(SYS_close, file);
  return 1;
}

// The call itself, or what happens in its place.
static long call(long number, long first, long second, long third, long fourth) {
  __sync_add_and_fetch(&calls, 1);
  if (acts("full")) {
    errno = ENOSPC;
    return -1;
  }
  if (acts("readonly")) {
    errno = EROFS;
    return -1;
  }
  if (acts("error")) {
    errno = EIO;
    return -1;
  }
  if (acts("before")) kill(getpid(), SIGKILL);
  long result = syscall(number, first, second, third, fourth);
  if (acts("after")) kill(getpid(), SIGKILL);
  return result;
}

static long on_file(const char *kind, long number, int file, long second, long third, long fourth) {
  if (!counts(kind) || !is_watched(file)) return syscall(number, file, second, third, fourth);
  return call(number, file, second, third, fourth);
}

static int on_names(long number, const char *from, const char *to) {
  if (!counts("names")) return (int)syscall(number, from, to);
  return (int)call(number, (long)from, (long)to, 0, 0);
}

int rename(const char *from, const char *to) { return on_names(SYS_rename, from, to); }
int link(const char *from, const char *to) { return on_names(SYS_link, from, to); }

ssize_t write(int file, const void *bytes, size_t count) {
  return on_file("write", SYS_write, file, (long)bytes, (long)count, 0);
}
ssize_t pwrite(int file, const void *bytes, size_t count, off_t offset) {
  return on_file("write", SYS_pwrite64, file, (long)bytes, (long)count, offset);
}
int fsync(int file) { return (int)on_file("fsync", SYS_fsync, file, 0, 0, 0); }
ssize_t read(int file, void *bytes, size_t count) {
  return on_file("read", SYS_read, file, (long)bytes, (long)count, 0);
}
ssize_t pread(int file, void *bytes, size_t count, off_t offset) {
  return on_file("read", SYS_pread64, file, (long)bytes, (long)count, offset);
}
ssize_t pread64(int file, void *bytes, size_t count, off64_t offset) {
  return on_file("read", SYS_pread64, file, (long)bytes, (long)count, offset);
}

// Another host, as far as a program can see: its own boot id, and locks of which the hosts know nothing of each
// other, as on file systems that keep locks to themselves.
static int is_boot_id(const char *path) {
  return getenv("CRASH_BOOT") && strcmp(path, "/proc/sys/kernel/random/boot_id") == 0;
}

static int open_file(const char *path, int flags, mode_t mode) {
  if (is_boot_id(path)) path = getenv("CRASH_BOOT");
  return (int)syscall(SYS_openat, AT_FDCWD, path, flags, mode);
}

int open(const char *path, int flags, ...) {
  va_list rest;
  va_start(rest, flags);
  mode_t mode = va_arg(rest, mode_t);
  va_end(rest);
  return open_file(path, flags, mode);
}
int open64(const char *path, int flags, ...) {
  va_list rest;
  va_start(rest, flags);
  mode_t mode = va_arg(rest, mode_t);
  va_end(rest);
  return open_file(path, flags | O_LARGEFILE, mode);
}

int flock(int file, int operation) {
  if (getenv("CRASH_BOOT")) return 0;
  return (int)syscall(SYS_flock, file, operation);
}
