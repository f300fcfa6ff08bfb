#include "ck_normal.h"

typedef struct {
  const ck_batch_norm *norm;
  ck_chunks cut;
  ck_tensor x, dy, dx;
  const float *mean, *inverse;
  float *dscale, *dshift, *dslope;
  // Of a unit: gradients of shift, scale and slope, each for the channels of a block.
  float *partials;
  int accumulate;
} backward_pass;

// The terms of the gradients of shift, scale and slope.
typedef struct {
  ck_vector shift[CK_MAX_VECTORS], scale[CK_MAX_VECTORS], slope[CK_MAX_VECTORS];
} sums;

CK_INLINE void add_gradients(const float *x, const float *dy, const ck_normal *l, sums *s, long count,
                             int vectors) {
  sums sum;
  for (int v = 0; v < vectors; v++) {
    sum.shift[v] = s->shift[v];
    sum.scale[v] = s->scale[v];
    sum.slope[v] = s->slope[v];
  }
  for (long i = 0; i < count;)
    for (int v = 0; v < vectors; v++, i += CK_WIDTH) {
      ck_vector normal = CK_NORMALISED(x + i, l, v), z = CK_SHIFTED(normal, l, v);
      ck_vector dz = CK_LOAD(dy + i), zero = 0;
      sum.slope[v] += z > 0 ? zero : z * dz;
      dz = CK_DEACTIVATED(z, dz, l, v);
      sum.shift[v] += dz;
      sum.scale[v] += dz * normal;
    }
  for (int v = 0; v < vectors; v++) {
    s->shift[v] = sum.shift[v];
    s->scale[v] = sum.scale[v];
    s->slope[v] = sum.slope[v];
  }
}

CK_KERNEL static void gradient_chunk(void *context, int unit) {
  const backward_pass *p = context;
  ck_chunk chunk = ck_chunk_at(p->cut, unit);
  float x_buffer[CK_CHUNK], dy_buffer[CK_CHUNK];
  const float *x = ck_open(p->x, chunk, x_buffer), *dy = ck_open(p->dy, chunk, dy_buffer);
  int vectors = p->cut.vectors, width = p->cut.layout.block;
  ck_normal l;
  sums s = {0};
  ck_spread_normal(p->norm, p->cut, chunk.block, p->mean, p->inverse, &l);

  long whole = ck_whole(p->cut, chunk.count), rest = chunk.count - whole;
  if (vectors == 1)
    add_gradients(x, dy, &l, &s, whole, 1);
  else
    add_gradients(x, dy, &l, &s, whole, vectors);
  if (rest > 0) {
    float values[CK_MAX_PERIOD] = {0}, gradients[CK_MAX_PERIOD] = {0};
    memcpy(values, x + whole, rest * sizeof(float));
    memcpy(gradients, dy + whole, rest * sizeof(float));
    add_gradients(values, gradients, &l, &s, (long)vectors * CK_WIDTH, vectors);
  }
  float *partial = p->partials + (long)unit * 3 * width;
  ck_fold(p->cut, s.shift, partial);
  ck_fold(p->cut, s.scale, partial + width);
  ck_fold(p->cut, s.slope, partial + 2 * width);
}

static void merge_gradients(void *context, int c) {
  const backward_pass *p = context;
  int width = p->cut.layout.block, stride = 3 * width;
  p->dshift[c] = (float)ck_total(p->cut, p->partials, stride, 0, c);
  p->dscale[c] = (float)ck_total(p->cut, p->partials, stride, width, c);
  if (p->norm->slope) p->dslope[c] = (float)ck_total(p->cut, p->partials, stride, 2 * width, c);
}

// dx = scale · inverse · (dz - mean of dz - normal · mean of (dz · normal)), the means over the
// batch; without the means, which are 0 here, where the norm is frozen.
CK_INLINE void propagate(const float *x, const float *dy, const ck_normal *l, const sums *means,
                         float *dx, int accumulate, long count, int vectors) {
  for (long i = 0; i < count;)
    for (int v = 0; v < vectors; v++, i += CK_WIDTH) {
      ck_vector normal = CK_NORMALISED(x + i, l, v), z = CK_SHIFTED(normal, l, v);
      ck_vector dz = CK_LOAD(dy + i);
      dz = CK_DEACTIVATED(z, dz, l, v);
      dz = (dz - means->shift[v] - normal * means->scale[v]) * (l->scale[v] * l->inverse[v]);
      CK_STORE(dx + i, accumulate ? CK_LOAD(dx + i) + dz : dz);
    }
}

CK_KERNEL static void propagate_chunk(void *context, int unit) {
  const backward_pass *p = context;
  ck_chunk chunk = ck_chunk_at(p->cut, unit);
  float x_buffer[CK_CHUNK], dy_buffer[CK_CHUNK], dx_buffer[CK_CHUNK];
  const float *x = ck_open(p->x, chunk, x_buffer), *dy = ck_open(p->dy, chunk, dy_buffer);
  float *dx = ck_target(p->dx, chunk, p->accumulate, dx_buffer);
  int vectors = p->cut.vectors;
  float values = (float)ck_values_per_channel(p->cut.layout);
  ck_normal l;
  sums means;
  ck_spread_normal(p->norm, p->cut, chunk.block, p->mean, p->inverse, &l);
  ck_spread(p->cut, chunk.block, p->dshift, means.shift);
  ck_spread(p->cut, chunk.block, p->dscale, means.scale);
  for (int v = 0; v < vectors; v++) {
    if (p->norm->frozen) {
      means.shift[v] = means.scale[v] = (ck_vector){0};
      continue;
    }
    means.shift[v] /= values;
    means.scale[v] /= values;
  }

  long whole = ck_whole(p->cut, chunk.count), rest = chunk.count - whole;
  if (vectors == 1)
    propagate(x, dy, &l, &means, dx, p->accumulate, whole, 1);
  else
    propagate(x, dy, &l, &means, dx, p->accumulate, whole, vectors);
  if (rest > 0) {
    size_t bytes = rest * sizeof(float);
    float inputs[CK_MAX_PERIOD] = {0}, gradients[CK_MAX_PERIOD] = {0};
    float result[CK_MAX_PERIOD] = {0};
    memcpy(inputs, x + whole, bytes);
    memcpy(gradients, dy + whole, bytes);
    memcpy(result, dx + whole, bytes);
    propagate(inputs, gradients, &l, &means, result, p->accumulate, (long)vectors * CK_WIDTH,
              vectors);
    memcpy(dx + whole, result, bytes);
  }
  ck_close(p->dx, chunk, dx);
}

void ck_batch_norm_backward(const ck_batch_norm *norm, ck_tensor x, const float *saved,
                            ck_tensor dy, ck_tensor dx, int accumulate, float *dscale,
                            float *dshift, float *dslope, float *scratch) {
  backward_pass p = {
      .norm = norm, .cut = ck_cut(norm->layout), .x = x, .dy = dy, .partials = scratch,
      .mean = saved, .inverse = saved + norm->layout.c, .dscale = dscale, .dshift = dshift,
      .dslope = dslope, .dx = dx, .accumulate = accumulate,
  };
  ck_parallel(norm->threads, ck_units(p.cut), gradient_chunk, &p);
  ck_parallel(norm->threads, norm->layout.c, merge_gradients, &p);
  if (dx.values) ck_parallel(norm->threads, ck_units(p.cut), propagate_chunk, &p);
}

// Enough for either direction; evaluation keeps the inverse deviations there.
long ck_batch_norm_scratch(ck_layout layout) {
  long partials = (long)ck_units(ck_cut(layout)) * layout.block * 3;
  return partials > layout.c ? partials : layout.c;
}
