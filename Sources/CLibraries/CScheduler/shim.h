// Linux's scheduler: which cores the calling thread may run on, a bit for each core. <sched.h> shows
// the functions of the C library only to GNU sources, which the importer is not; so the system is
// called.
#include <stddef.h>
#include <sys/syscall.h>
#include <unistd.h>

// Both return a negative number where the system refuses.
static inline long scheduler_get_cores(void *mask, size_t bytes) {
  return syscall(SYS_sched_getaffinity, 0, bytes, mask);
}
static inline long scheduler_set_cores(const void *mask, size_t bytes) {
  return syscall(SYS_sched_setaffinity, 0, bytes, mask);
}
