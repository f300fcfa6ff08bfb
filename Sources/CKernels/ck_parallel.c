#include "ck_parallel.h"

// The OpenMP entry point of libgomp, the runtime that oneDNN is linked with.
extern void GOMP_parallel(void (*body)(void *), void *context, unsigned threads, unsigned flags);
extern int omp_get_thread_num(void);
extern int omp_get_num_threads(void);
extern void omp_set_num_threads(int threads);

typedef struct {
  ck_body body;
  void *context;
  int units;
} team;

static void run_share(void *context) {
  team *t = context;
  int thread = omp_get_thread_num(), threads = omp_get_num_threads();
  int first = (int)((long)t->units * thread / threads);
  int last = (int)((long)t->units * (thread + 1) / threads);
  for (int unit = first; unit < last; unit++) t->body(t->context, unit);
}

void ck_parallel(int threads, int units, ck_body body, void *context) {
  if (threads > units) threads = units;
  if (threads <= 1) {
    for (int unit = 0; unit < units; unit++) body(context, unit);
    return;
  }
  team t = {body, context, units};
  GOMP_parallel(run_share, &t, (unsigned)threads, 0);
}

void ck_set_library_threads(int threads) { omp_set_num_threads(threads); }
