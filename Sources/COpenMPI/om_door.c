#include <COpenMPI.h>
#include <dlfcn.h>
#include <sched.h>
#include <stdint.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

typedef void *om_handle;

static struct {
  om_handle world, byte, single;
  int (*init_thread)(int *, char ***, int, int *);
  int (*finalize)(void);
  int (*abort)(om_handle, int);
  int (*rank)(om_handle, int *);
  int (*size)(om_handle, int *);
  int (*library_version)(char *, int *);
  int (*ibcast)(void *, int, om_handle, int, om_handle, om_handle *);
  int (*iallgather)(const void *, int, om_handle, void *, int, om_handle, om_handle, om_handle *);
  int (*test)(om_handle *, int *, void *);
  int (*alltoallv)(const void *, const int *, const int *, om_handle, void *, const int *,
                   const int *, om_handle, om_handle);
  int (*allgatherv)(const void *, int, om_handle, void *, const int *, const int *, om_handle,
                    om_handle);
} library;

// MPI_IN_PLACE of Open MPI.
static void *const in_place = (void *)1;

static const char *bind(void *opened) {
  struct {
    const char *name;
    void *target;
  } functions[] = {
      {"ompi_mpi_comm_world", &library.world},
      {"ompi_mpi_byte", &library.byte},
      {"ompi_mpi_float", &library.single},
      {"MPI_Init_thread", &library.init_thread},
      {"MPI_Finalize", &library.finalize},
      {"MPI_Abort", &library.abort},
      {"MPI_Comm_rank", &library.rank},
      {"MPI_Comm_size", &library.size},
      {"MPI_Get_library_version", &library.library_version},
      {"MPI_Ibcast", &library.ibcast},
      {"MPI_Iallgather", &library.iallgather},
      {"MPI_Test", &library.test},
      {"MPI_Alltoallv", &library.alltoallv},
      {"MPI_Allgatherv", &library.allgatherv},
  };
  for (size_t index = 0; index < sizeof functions / sizeof *functions; index++) {
    void *symbol = dlsym(opened, functions[index].name);
    if (!symbol) return dlerror();
    memcpy(functions[index].target, &symbol, sizeof symbol);
  }
  return NULL;
}

const char *om_open(void) {
  // Open MPI's own plugins look for its symbols among those of all.
  void *opened = dlopen("libmpi.so.40", RTLD_NOW | RTLD_GLOBAL);
  return opened ? bind(opened) : dlerror();
}

int om_begin(int *rank, int *count) {
  // MPI_THREAD_FUNNELED.
  int provided = 0, error = library.init_thread(NULL, NULL, 1, &provided);
  if (!error) error = library.rank(library.world, rank);
  return error ? error : library.size(library.world, count);
}

int om_end(void) { return library.finalize(); }

void om_abort(int status) {
  library.abort(library.world, status);
  _exit(status);
}

int om_version(char *text) {
  // MPI_MAX_LIBRARY_VERSION_STRING.
  char version[256] = {0};
  int length = 0, error = library.library_version(version, &length);
  memcpy(text, version, sizeof version);
  return error;
}

static int64_t nanoseconds(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return now.tv_sec * 1000000000LL + now.tv_nsec;
}

// Who waits for long, as ranks do while the first evaluates, is to leave its core to others, and is to be seen
// doing nothing where nothing comes any more. Who waits for a moment is not to miss it.
static int wait_for(om_handle request) {
  int64_t begin = nanoseconds();
  for (;;) {
    int done = 0, error = library.test(&request, &done, NULL);
    if (error || done) return error;
    int64_t waited = nanoseconds() - begin;
    if (waited < 2000000) {
      sched_yield();
    } else {
      int64_t pause = waited / 50 < 10000000 ? waited / 50 : 10000000;
      struct timespec time = {.tv_nsec = pause};
      nanosleep(&time, NULL);
    }
  }
}

int om_broadcast(void *bytes, int count, int root) {
  om_handle request = NULL;
  int error = library.ibcast(bytes, count, library.byte, root, library.world, &request);
  return error ? error : wait_for(request);
}

int om_all_gather(void *bytes, int part) {
  om_handle request = NULL;
  int error = library.iallgather(in_place, part, library.byte, bytes, part, library.byte,
                                 library.world, &request);
  return error ? error : wait_for(request);
}

int om_exchange(const float *sent, const int *sent_counts, const int *sent_offsets,
                float *received, const int *received_counts, const int *received_offsets) {
  return library.alltoallv(sent, sent_counts, sent_offsets, library.single, received,
                           received_counts, received_offsets, library.single, library.world);
}

int om_gather_parts(float *values, const int *counts, const int *offsets) {
  return library.allgatherv(in_place, 0, library.single, values, counts, offsets, library.single,
                            library.world);
}
