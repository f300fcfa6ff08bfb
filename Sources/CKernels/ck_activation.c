#include "ck_activation.h"

#include "ck_lanes.h"

typedef struct {
  const float *x, *y, *dy;
  float *result;
  long count;
  int accumulate;
} rectifier;

CK_KERNEL static void relu_chunk(void *context, int unit) {
  const rectifier *r = context;
  const float *x = r->x;
  float *y = r->result;
  long end = ck_flat_end(unit, r->count);
  CK_INDEPENDENT
  for (long i = ck_flat_start(unit); i < end; i++) y[i] = x[i] <= 0 ? 0 : x[i];
}

CK_KERNEL static void relu_backward_chunk(void *context, int unit) {
  const rectifier *r = context;
  const float *y = r->y, *dy = r->dy;
  float *dx = r->result;
  long end = ck_flat_end(unit, r->count);
  if (r->accumulate) {
    CK_INDEPENDENT
    for (long i = ck_flat_start(unit); i < end; i++) dx[i] += y[i] <= 0 ? 0 : dy[i];
  } else {
    CK_INDEPENDENT
    for (long i = ck_flat_start(unit); i < end; i++) dx[i] = y[i] <= 0 ? 0 : dy[i];
  }
}

void ck_relu(const float *x, float *y, long count, int threads) {
  rectifier r = {.x = x, .result = y, .count = count};
  ck_parallel(threads, ck_flat_units(count), relu_chunk, &r);
}

void ck_relu_backward(const float *y, const float *dy, float *dx, long count, int accumulate,
                      int threads) {
  rectifier r = {.y = y, .dy = dy, .result = dx, .count = count, .accumulate = accumulate};
  ck_parallel(threads, ck_flat_units(count), relu_backward_chunk, &r);
}

typedef struct {
  ck_chunks cut;
  const float *x, *slope, *dy;
  float *y, *dx, *dslope, *partials;
  int accumulate;
} prelu;

// Whole periods only, as all functions below that take a number of vectors.
CK_INLINE void prelu_forward(const float *x, const ck_vector *slope, float *y, long count,
                             int vectors) {
  for (long i = 0; i < count;)
    for (int v = 0; v < vectors; v++, i += CK_WIDTH) {
      ck_vector value = CK_LOAD(x + i);
      CK_STORE(y + i, value > 0 ? value : value * slope[v]);
    }
}

CK_KERNEL static void prelu_chunk(void *context, int unit) {
  const prelu *p = context;
  ck_chunk chunk = ck_chunk_at(p->cut, unit);
  const float *x = p->x + chunk.start;
  float *y = p->y + chunk.start;
  int vectors = p->cut.vectors;
  ck_vector slope[CK_MAX_VECTORS];
  ck_spread(p->cut, chunk.block, p->slope, slope);

  long whole = ck_whole(p->cut, chunk.count), rest = chunk.count - whole;
  if (vectors == 1)
    prelu_forward(x, slope, y, whole, 1);
  else
    prelu_forward(x, slope, y, whole, vectors);
  if (rest > 0) {
    float values[CK_MAX_PERIOD] = {0};
    memcpy(values, x + whole, rest * sizeof(float));
    prelu_forward(values, slope, values, (long)vectors * CK_WIDTH, vectors);
    memcpy(y + whole, values, rest * sizeof(float));
  }
}

// Adds to `sums` the terms of the slope's gradient; dx may be NULL.
CK_INLINE void prelu_backward(const float *x, const float *dy, const ck_vector *slope, float *dx,
                              int accumulate, ck_vector *sums, long count, int vectors) {
  ck_vector sum[CK_MAX_VECTORS];
  for (int v = 0; v < vectors; v++) sum[v] = sums[v];
  for (long i = 0; i < count;)
    for (int v = 0; v < vectors; v++, i += CK_WIDTH) {
      ck_vector value = CK_LOAD(x + i), gradient = CK_LOAD(dy + i), zero = 0;
      sum[v] += value > 0 ? zero : value * gradient;
      if (!dx) continue;
      gradient = value > 0 ? gradient : gradient * slope[v];
      CK_STORE(dx + i, accumulate ? CK_LOAD(dx + i) + gradient : gradient);
    }
  for (int v = 0; v < vectors; v++) sums[v] = sum[v];
}

CK_KERNEL static void prelu_backward_chunk(void *context, int unit) {
  const prelu *p = context;
  ck_chunk chunk = ck_chunk_at(p->cut, unit);
  const float *x = p->x + chunk.start, *dy = p->dy + chunk.start;
  float *dx = p->dx ? p->dx + chunk.start : NULL;
  int vectors = p->cut.vectors;
  ck_vector slope[CK_MAX_VECTORS], sums[CK_MAX_VECTORS] = {0};
  ck_spread(p->cut, chunk.block, p->slope, slope);

  long whole = ck_whole(p->cut, chunk.count), rest = chunk.count - whole;
  if (vectors == 1)
    prelu_backward(x, dy, slope, dx, p->accumulate, sums, whole, 1);
  else
    prelu_backward(x, dy, slope, dx, p->accumulate, sums, whole, vectors);
  if (rest > 0) {
    size_t bytes = rest * sizeof(float);
    float values[CK_MAX_PERIOD] = {0}, gradients[CK_MAX_PERIOD] = {0};
    float result[CK_MAX_PERIOD] = {0};
    memcpy(values, x + whole, bytes);
    memcpy(gradients, dy + whole, bytes);
    if (dx) memcpy(result, dx + whole, bytes);
    prelu_backward(values, gradients, slope, dx ? result : NULL, p->accumulate, sums,
                   (long)vectors * CK_WIDTH, vectors);
    if (dx) memcpy(dx + whole, result, bytes);
  }
  ck_fold(p->cut, sums, p->partials + (long)unit * p->cut.layout.block);
}

static void prelu_slope(void *context, int c) {
  const prelu *p = context;
  p->dslope[c] = (float)ck_total(p->cut, p->partials, p->cut.layout.block, 0, c);
}

void ck_prelu(ck_layout layout, const float *x, const float *slope, float *y, int threads) {
  prelu p = {.cut = ck_cut(layout), .x = x, .slope = slope, .y = y};
  ck_parallel(threads, ck_units(p.cut), prelu_chunk, &p);
}

void ck_prelu_backward(ck_layout layout, const float *x, const float *slope, const float *dy,
                       float *dx, int accumulate, float *dslope, float *scratch, int threads) {
  prelu p = {.cut = ck_cut(layout), .x = x,           .slope = slope,
             .dy = dy,              .dx = dx,         .accumulate = accumulate,
             .dslope = dslope,      .partials = scratch};
  ck_parallel(threads, ck_units(p.cut), prelu_backward_chunk, &p);
  ck_parallel(threads, layout.c, prelu_slope, &p);
}

long ck_prelu_scratch(ck_layout layout) { return (long)ck_units(ck_cut(layout)) * layout.block; }
