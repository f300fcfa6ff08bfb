#include "ck_bias.h"

#include "ck_lanes.h"

typedef struct {
  ck_chunks cut;
  ck_tensor x, y;
  const float *bias;
  int relu;
} pass;

// Whole periods only.
CK_INLINE void add_bias(const float *x, float *y, const ck_vector *bias, int relu, long count,
                        int vectors) {
  for (long i = 0; i < count;)
    for (int v = 0; v < vectors; v++, i += CK_WIDTH) {
      ck_vector value = CK_LOAD(x + i) + bias[v], zero = 0;
      CK_STORE(y + i, relu ? (value <= 0 ? zero : value) : value);
    }
}

CK_KERNEL static void bias_chunk(void *context, int unit) {
  const pass *p = context;
  ck_chunk chunk = ck_chunk_at(p->cut, unit);
  float x_buffer[CK_CHUNK], y_buffer[CK_CHUNK];
  const float *x = ck_open(p->x, chunk, x_buffer);
  float *y = ck_target(p->y, chunk, 0, y_buffer);
  int vectors = p->cut.vectors;
  ck_vector bias[CK_MAX_VECTORS] = {0};
  if (p->bias) ck_spread(p->cut, chunk.block, p->bias, bias);

  long whole = ck_whole(p->cut, chunk.count), rest = chunk.count - whole;
  if (vectors == 1)
    add_bias(x, y, bias, p->relu, whole, 1);
  else
    add_bias(x, y, bias, p->relu, whole, vectors);
  if (rest > 0) {
    float values[CK_MAX_PERIOD] = {0};
    memcpy(values, x + whole, rest * sizeof(float));
    add_bias(values, values, bias, p->relu, (long)vectors * CK_WIDTH, vectors);
    memcpy(y + whole, values, rest * sizeof(float));
  }
  ck_close(p->y, chunk, y);
}

void ck_add_bias(ck_layout layout, ck_tensor x, const float *bias, int relu, ck_tensor y,
                 int threads) {
  if (!bias && !relu && x.values == y.values) return;
  pass p = {.cut = ck_cut(layout), .x = x, .y = y, .bias = bias, .relu = relu};
  ck_parallel(threads, ck_units(p.cut), bias_chunk, &p);
}

typedef struct {
  ck_chunks cut;
  ck_tensor x, y;
  float *sums, *partials;
} summing;

CK_KERNEL static void sum_chunk(void *context, int unit) {
  const summing *s = context;
  ck_chunk chunk = ck_chunk_at(s->cut, unit);
  float x_buffer[CK_CHUNK], y_buffer[CK_CHUNK];
  const float *x = ck_open(s->x, chunk, x_buffer);
  ck_vector sums[CK_MAX_VECTORS] = {0};
  long whole = ck_whole(s->cut, chunk.count);
  for (long i = 0; i < whole;)
    for (int v = 0; v < s->cut.vectors; v++, i += CK_WIDTH) sums[v] += CK_LOAD(x + i);
  for (long i = whole; i < chunk.count; i++) ((float *)sums)[i - whole] += x[i];
  ck_fold(s->cut, sums, s->partials + (long)unit * s->cut.layout.block);
  if (!s->y.values || s->y.values == s->x.values) return;
  float *y = ck_target(s->y, chunk, 0, y_buffer);
  memcpy(y, x, chunk.count * sizeof(float));
  ck_close(s->y, chunk, y);
}

static void sum_channel(void *context, int c) {
  const summing *s = context;
  s->sums[c] = (float)ck_total(s->cut, s->partials, s->cut.layout.block, 0, c);
}

void ck_channel_sums(ck_layout layout, ck_tensor x, ck_tensor y, float *sums, float *scratch,
                     int threads) {
  summing s = {.cut = ck_cut(layout), .x = x, .y = y, .sums = sums, .partials = scratch};
  ck_parallel(threads, ck_units(s.cut), sum_chunk, &s);
  ck_parallel(threads, layout.c, sum_channel, &s);
}

long ck_channel_sums_scratch(ck_layout layout) {
  return (long)ck_units(ck_cut(layout)) * layout.block;
}
