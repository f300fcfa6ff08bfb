#include "ck_elementwise.h"

#include "ck_lanes.h"

typedef struct {
  float *y;
  long count;
  float value;
} filling;

CK_KERNEL static void fill_chunk(void *context, int unit) {
  const filling *f = context;
  float *y = f->y, value = f->value;
  long end = ck_flat_end(unit, f->count);
  for (long i = ck_flat_start(unit); i < end; i++) y[i] = value;
}

void ck_fill(float *y, long count, float value, int threads) {
  filling f = {y, count, value};
  ck_parallel(threads, ck_flat_units(count), fill_chunk, &f);
}

typedef struct {
  ck_chunks cut;
  ck_tensor a, b, y;
} operands;

CK_KERNEL static void add_chunk(void *context, int unit) {
  const operands *o = context;
  ck_chunk chunk = ck_chunk_at(o->cut, unit);
  float a_buffer[CK_CHUNK], b_buffer[CK_CHUNK], y_buffer[CK_CHUNK];
  const float *a = ck_open(o->a, chunk, a_buffer), *b = ck_open(o->b, chunk, b_buffer);
  float *y = ck_target(o->y, chunk, 0, y_buffer);
  CK_INDEPENDENT
  for (long i = 0; i < chunk.count; i++) y[i] = a[i] + b[i];
  ck_close(o->y, chunk, y);
}

CK_KERNEL static void copy_chunk(void *context, int unit) {
  const operands *o = context;
  ck_chunk chunk = ck_chunk_at(o->cut, unit);
  float a_buffer[CK_CHUNK], y_buffer[CK_CHUNK];
  const float *a = ck_open(o->a, chunk, a_buffer);
  float *y = ck_target(o->y, chunk, 0, y_buffer);
  CK_INDEPENDENT
  for (long i = 0; i < chunk.count; i++) y[i] = a[i];
  ck_close(o->y, chunk, y);
}

void ck_add(ck_layout layout, ck_tensor a, ck_tensor b, ck_tensor y, int threads) {
  operands o = {.cut = ck_cut(layout), .a = a, .b = b, .y = y};
  ck_parallel(threads, ck_units(o.cut), add_chunk, &o);
}

void ck_accumulate(ck_layout layout, ck_tensor x, ck_tensor y, int threads) {
  ck_add(layout, y, x, y, threads);
}

void ck_copy(ck_layout layout, ck_tensor x, ck_tensor y, int threads) {
  if (x.values == y.values) return;
  operands o = {.cut = ck_cut(layout), .a = x, .y = y};
  ck_parallel(threads, ck_units(o.cut), copy_chunk, &o);
}
