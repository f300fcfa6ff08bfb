#include "ck_activation.h"

#include "ck_lanes.h"

typedef struct {
  ck_chunks cut;
  ck_tensor x, y, dy, dx;
  int accumulate;
} rectifier;

CK_KERNEL static void relu_chunk(void *context, int unit) {
  const rectifier *r = context;
  ck_chunk chunk = ck_chunk_at(r->cut, unit);
  float x_buffer[CK_CHUNK], y_buffer[CK_CHUNK];
  const float *x = ck_open(r->x, chunk, x_buffer);
  float *y = ck_target(r->y, chunk, 0, y_buffer);
  CK_INDEPENDENT
  for (long i = 0; i < chunk.count; i++) y[i] = x[i] <= 0 ? 0 : x[i];
  ck_close(r->y, chunk, y);
}

CK_KERNEL static void relu_backward_chunk(void *context, int unit) {
  const rectifier *r = context;
  ck_chunk chunk = ck_chunk_at(r->cut, unit);
  float y_buffer[CK_CHUNK], dy_buffer[CK_CHUNK], dx_buffer[CK_CHUNK];
  const float *y = ck_open(r->y, chunk, y_buffer), *dy = ck_open(r->dy, chunk, dy_buffer);
  float *dx = ck_target(r->dx, chunk, r->accumulate, dx_buffer);
  if (r->accumulate) {
    CK_INDEPENDENT
    for (long i = 0; i < chunk.count; i++) dx[i] += y[i] <= 0 ? 0 : dy[i];
  } else {
    CK_INDEPENDENT
    for (long i = 0; i < chunk.count; i++) dx[i] = y[i] <= 0 ? 0 : dy[i];
  }
  ck_close(r->dx, chunk, dx);
}

void ck_relu(ck_layout layout, ck_tensor x, ck_tensor y, int threads) {
  rectifier r = {.cut = ck_cut(layout), .x = x, .y = y};
  ck_parallel(threads, ck_units(r.cut), relu_chunk, &r);
}

void ck_relu_backward(ck_layout layout, ck_tensor y, ck_tensor dy, ck_tensor dx, int accumulate,
                      int threads) {
  rectifier r = {.cut = ck_cut(layout), .y = y, .dy = dy, .dx = dx, .accumulate = accumulate};
  ck_parallel(threads, ck_units(r.cut), relu_backward_chunk, &r);
}

typedef struct {
  ck_chunks cut;
  ck_tensor x, y, dy, dx;
  const float *slope;
  float *dslope, *partials;
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
  float x_buffer[CK_CHUNK], y_buffer[CK_CHUNK];
  const float *x = ck_open(p->x, chunk, x_buffer);
  float *y = ck_target(p->y, chunk, 0, y_buffer);
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
  ck_close(p->y, chunk, y);
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
  float x_buffer[CK_CHUNK], dy_buffer[CK_CHUNK], dx_buffer[CK_CHUNK];
  const float *x = ck_open(p->x, chunk, x_buffer), *dy = ck_open(p->dy, chunk, dy_buffer);
  float *dx = ck_target(p->dx, chunk, p->accumulate, dx_buffer);
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
  ck_close(p->dx, chunk, dx);
  ck_fold(p->cut, sums, p->partials + (long)unit * p->cut.layout.block);
}

static void prelu_slope(void *context, int c) {
  const prelu *p = context;
  p->dslope[c] = (float)ck_total(p->cut, p->partials, p->cut.layout.block, 0, c);
}

void ck_prelu(ck_layout layout, ck_tensor x, const float *slope, ck_tensor y, int threads) {
  prelu p = {.cut = ck_cut(layout), .x = x, .slope = slope, .y = y};
  ck_parallel(threads, ck_units(p.cut), prelu_chunk, &p);
}

void ck_prelu_backward(ck_layout layout, ck_tensor x, const float *slope, ck_tensor dy,
                       ck_tensor dx, int accumulate, float *dslope, float *scratch, int threads) {
  prelu p = {.cut = ck_cut(layout), .x = x,           .slope = slope,
             .dy = dy,              .dx = dx,         .accumulate = accumulate,
             .dslope = dslope,      .partials = scratch};
  ck_parallel(threads, ck_units(p.cut), prelu_backward_chunk, &p);
  ck_parallel(threads, layout.c, prelu_slope, &p);
}

long ck_prelu_scratch(ck_layout layout) { return (long)ck_units(ck_cut(layout)) * layout.block; }
