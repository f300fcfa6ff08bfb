#include "ck_weights.h"

#include <math.h>

#include "ck_lanes.h"

CK_KERNEL void ck_fold_batch_norm(const ck_folding *f, float *weight, float *bias) {
  for (long o = 0; o < f->outputs; o++) {
    float factor = f->scale[o] / sqrtf(f->variance[o] + f->epsilon);
    float before = f->bias ? f->bias[o] : 0;
    bias[o] = (before - f->mean[o]) * factor + f->shift[o];
    for (long i = 0; i < f->outer; i++) {
      const float *from = f->weight + (i * f->outputs + o) * f->inner;
      float *to = weight + (i * f->outputs + o) * f->inner;
      for (long j = 0; j < f->inner; j++) to[j] = from[j] * factor;
    }
  }
}

typedef struct {
  const float *parts;
  int count;
  long length;
  float *sum;
} summing;

CK_KERNEL static void sum_chunk(void *context, int unit) {
  const summing *s = context;
  long start = ck_flat_start(unit), end = ck_flat_end(unit, s->length);
  float *restrict sum = s->sum;
  memcpy(sum + start, s->parts + start, (end - start) * sizeof(float));
  for (int part = 1; part < s->count; part++) {
    const float *restrict values = s->parts + part * s->length;
    for (long i = start; i < end; i++) sum[i] += values[i];
  }
}

void ck_sum_parts(const float *parts, int count, long length, float *sum, int threads) {
  summing s = {parts, count, length, sum};
  ck_parallel(threads, ck_flat_units(length), sum_chunk, &s);
}
