#include "ck_elementwise.h"

#include "ck_lanes.h"

typedef struct {
  const float *a, *b;
  float *y;
  long count;
  float value;
} operands;

CK_KERNEL static void fill_chunk(void *context, int unit) {
  const operands *o = context;
  float *y = o->y, value = o->value;
  long end = ck_flat_end(unit, o->count);
  for (long i = ck_flat_start(unit); i < end; i++) y[i] = value;
}

CK_KERNEL static void add_chunk(void *context, int unit) {
  const operands *o = context;
  const float *a = o->a, *b = o->b;
  float *y = o->y;
  long end = ck_flat_end(unit, o->count);
  CK_INDEPENDENT
  for (long i = ck_flat_start(unit); i < end; i++) y[i] = a[i] + b[i];
}

void ck_fill(float *y, long count, float value, int threads) {
  operands o = {.y = y, .count = count, .value = value};
  ck_parallel(threads, ck_flat_units(count), fill_chunk, &o);
}

void ck_add(const float *a, const float *b, float *y, long count, int threads) {
  operands o = {.a = a, .b = b, .y = y, .count = count};
  ck_parallel(threads, ck_flat_units(count), add_chunk, &o);
}

void ck_accumulate(const float *x, float *y, long count, int threads) {
  ck_add(y, x, y, count, threads);
}
