#include "ck_batch_norm.h"

#include <math.h>

#include "ck_lanes.h"

// Partial results of a unit: forward the mean and the sum of squared deviations, backward the
// gradients of shift, scale and slope; each for the channels of a block.
enum { FORWARD_PARTIALS = 2, BACKWARD_PARTIALS = 3 };

typedef struct {
  const ck_batch_norm *norm;
  ck_chunks cut;
  const float *x, *dy, *mean, *inverse;
  float *y, *dx, *partials;
  float *mean_result, *inverse_result, *running_mean, *running_variance;
  float *dscale, *dshift, *dslope;
  float momentum;
  int accumulate;
} pass;

// What a unit knows of its channels, one period of vectors each.
typedef struct {
  ck_vector mean[CK_MAX_VECTORS], inverse[CK_MAX_VECTORS];
  ck_vector scale[CK_MAX_VECTORS], shift[CK_MAX_VECTORS], slope[CK_MAX_VECTORS];
} lanes;

CK_INLINE void spread_lanes(const pass *p, int block, lanes *l) {
  const ck_batch_norm *norm = p->norm;
  ck_spread(p->cut, block, p->mean, l->mean);
  ck_spread(p->cut, block, p->inverse, l->inverse);
  ck_spread(p->cut, block, norm->scale, l->scale);
  ck_spread(p->cut, block, norm->shift, l->shift);
  if (norm->slope)
    ck_spread(p->cut, block, norm->slope, l->slope);
  else
    for (int v = 0; v < p->cut.vectors; v++) l->slope[v] = norm->negative;
}

static double values_per_channel(ck_layout layout) { return (double)layout.n * ck_area(layout); }

// Statistics ------------------------------------------------------------------------------------

// Adds whole periods to `sums`: the values, or the squares of their distances to `mean`.
CK_INLINE void add_values(const float *x, long count, ck_vector *sums, int vectors) {
  ck_vector sum[CK_MAX_VECTORS];
  for (int v = 0; v < vectors; v++) sum[v] = sums[v];
  for (long i = 0; i < count;)
    for (int v = 0; v < vectors; v++, i += CK_WIDTH) sum[v] += CK_LOAD(x + i);
  for (int v = 0; v < vectors; v++) sums[v] = sum[v];
}

CK_INLINE void add_squares(const float *x, long count, const ck_vector *mean, ck_vector *sums,
                           int vectors) {
  ck_vector sum[CK_MAX_VECTORS];
  for (int v = 0; v < vectors; v++) sum[v] = sums[v];
  for (long i = 0; i < count;)
    for (int v = 0; v < vectors; v++, i += CK_WIDTH) {
      ck_vector distance = CK_LOAD(x + i) - mean[v];
      sum[v] += distance * distance;
    }
  for (int v = 0; v < vectors; v++) sums[v] = sum[v];
}

CK_KERNEL static void chunk_statistics(void *context, int unit) {
  const pass *p = context;
  ck_chunk chunk = ck_chunk_at(p->cut, unit);
  const float *x = p->x + chunk.start;
  int vectors = p->cut.vectors, width = p->cut.layout.block;
  long whole = ck_whole(p->cut, chunk.count), rest = chunk.count - whole;
  long period = (long)vectors * CK_WIDTH;
  float *means = p->partials + (long)unit * FORWARD_PARTIALS * width, *squares = means + width;

  ck_vector sums[CK_MAX_VECTORS] = {0}, mean[CK_MAX_VECTORS];
  if (vectors == 1)
    add_values(x, whole, sums, 1);
  else
    add_values(x, whole, sums, vectors);
  if (rest > 0) {
    float values[CK_MAX_PERIOD] = {0};
    memcpy(values, x + whole, rest * sizeof(float));
    add_values(values, period, sums, vectors);
  }
  ck_fold(p->cut, sums, means);
  float pixels = (float)(chunk.count / width);
  for (int lane = 0; lane < width; lane++) means[lane] /= pixels;

  for (long lane = 0; lane < period; lane++) ((float *)mean)[lane] = means[lane % width];
  for (int v = 0; v < vectors; v++) sums[v] = 0;
  if (vectors == 1)
    add_squares(x, whole, mean, sums, 1);
  else
    add_squares(x, whole, mean, sums, vectors);
  if (rest > 0) {
    float values[CK_MAX_PERIOD];
    memcpy(values, mean, period * sizeof(float));
    memcpy(values, x + whole, rest * sizeof(float));
    add_squares(values, period, mean, sums, vectors);
  }
  ck_fold(p->cut, sums, squares);
}

// The mean and variance of channel c from those of its chunks.
static void merge_statistics(void *context, int c) {
  const pass *p = context;
  ck_chunks cut = p->cut;
  int width = cut.layout.block, blocks = ck_blocks(cut.layout);
  double values = values_per_channel(cut.layout), mean = 0, squares = 0;
  for (int reading = 0; reading < 2; reading++)
    for (int n = 0; n < cut.layout.n; n++)
      for (int chunk = 0; chunk < cut.chunks; chunk++) {
        int unit = (n * blocks + c / width) * cut.chunks + chunk;
        const float *partial = p->partials + (long)unit * FORWARD_PARTIALS * width + c % width;
        double weight = (double)(ck_chunk_at(cut, unit).count / width);
        if (reading == 0)
          mean += weight * partial[0] / values;
        else
          squares += partial[width] + weight * (partial[0] - mean) * (partial[0] - mean);
      }
  double momentum = p->momentum, unbiased = squares / (values > 1 ? values - 1 : 1);
  p->mean_result[c] = (float)mean;
  p->inverse_result[c] = (float)(1 / sqrt(squares / values + p->norm->epsilon));
  p->running_mean[c] = (float)((1 - momentum) * p->running_mean[c] + momentum * mean);
  p->running_variance[c] =
      (float)((1 - momentum) * p->running_variance[c] + momentum * unbiased);
}

// Forward ---------------------------------------------------------------------------------------

CK_INLINE void normalise(const float *x, const lanes *l, float *y, long count, int vectors) {
  for (long i = 0; i < count;)
    for (int v = 0; v < vectors; v++, i += CK_WIDTH) {
      ck_vector normal = (CK_LOAD(x + i) - l->mean[v]) * l->inverse[v];
      ck_vector z = normal * l->scale[v] + l->shift[v];
      CK_STORE(y + i, z > 0 ? z : z * l->slope[v]);
    }
}

CK_KERNEL static void normalise_chunk(void *context, int unit) {
  const pass *p = context;
  ck_chunk chunk = ck_chunk_at(p->cut, unit);
  const float *x = p->x + chunk.start;
  float *y = p->y + chunk.start;
  int vectors = p->cut.vectors;
  lanes l;
  spread_lanes(p, chunk.block, &l);

  long whole = ck_whole(p->cut, chunk.count), rest = chunk.count - whole;
  if (vectors == 1)
    normalise(x, &l, y, whole, 1);
  else
    normalise(x, &l, y, whole, vectors);
  if (rest > 0) {
    float values[CK_MAX_PERIOD] = {0};
    memcpy(values, x + whole, rest * sizeof(float));
    normalise(values, &l, values, (long)vectors * CK_WIDTH, vectors);
    memcpy(y + whole, values, rest * sizeof(float));
  }
}

void ck_batch_norm_train(const ck_batch_norm *norm, float momentum, const float *x, float *y,
                         float *running_mean, float *running_variance, float *saved,
                         float *scratch) {
  float *mean = saved, *inverse = saved + norm->layout.c;
  pass p = {
      .norm = norm, .cut = ck_cut(norm->layout), .x = x, .y = y, .partials = scratch,
      .mean = mean, .inverse = inverse, .mean_result = mean, .inverse_result = inverse,
      .running_mean = running_mean, .running_variance = running_variance, .momentum = momentum,
  };
  ck_parallel(norm->threads, ck_units(p.cut), chunk_statistics, &p);
  ck_parallel(norm->threads, norm->layout.c, merge_statistics, &p);
  ck_parallel(norm->threads, ck_units(p.cut), normalise_chunk, &p);
}

void ck_batch_norm_evaluate(const ck_batch_norm *norm, const float *x, float *y,
                            const float *running_mean, const float *running_variance,
                            float *scratch) {
  for (int c = 0; c < norm->layout.c; c++)
    scratch[c] = (float)(1 / sqrt((double)running_variance[c] + norm->epsilon));
  pass p = {
      .norm = norm, .cut = ck_cut(norm->layout), .x = x, .y = y,
      .mean = running_mean, .inverse = scratch,
  };
  ck_parallel(norm->threads, ck_units(p.cut), normalise_chunk, &p);
}

// Backward --------------------------------------------------------------------------------------

// The terms of the gradients of shift, scale and slope.
typedef struct {
  ck_vector shift[CK_MAX_VECTORS], scale[CK_MAX_VECTORS], slope[CK_MAX_VECTORS];
} sums;

CK_INLINE void add_gradients(const float *x, const float *dy, const lanes *l, sums *s, long count,
                             int vectors) {
  sums sum;
  for (int v = 0; v < vectors; v++) {
    sum.shift[v] = s->shift[v];
    sum.scale[v] = s->scale[v];
    sum.slope[v] = s->slope[v];
  }
  for (long i = 0; i < count;)
    for (int v = 0; v < vectors; v++, i += CK_WIDTH) {
      ck_vector normal = (CK_LOAD(x + i) - l->mean[v]) * l->inverse[v];
      ck_vector z = normal * l->scale[v] + l->shift[v];
      ck_vector dz = CK_LOAD(dy + i), zero = 0;
      sum.slope[v] += z > 0 ? zero : z * dz;
      dz = z > 0 ? dz : dz * l->slope[v];
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
  const pass *p = context;
  ck_chunk chunk = ck_chunk_at(p->cut, unit);
  const float *x = p->x + chunk.start, *dy = p->dy + chunk.start;
  int vectors = p->cut.vectors, width = p->cut.layout.block;
  lanes l;
  sums s = {0};
  spread_lanes(p, chunk.block, &l);

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
  float *partial = p->partials + (long)unit * BACKWARD_PARTIALS * width;
  ck_fold(p->cut, s.shift, partial);
  ck_fold(p->cut, s.scale, partial + width);
  ck_fold(p->cut, s.slope, partial + 2 * width);
}

static void merge_gradients(void *context, int c) {
  const pass *p = context;
  int width = p->cut.layout.block, stride = BACKWARD_PARTIALS * width;
  p->dshift[c] = (float)ck_total(p->cut, p->partials, stride, 0, c);
  p->dscale[c] = (float)ck_total(p->cut, p->partials, stride, width, c);
  if (p->norm->slope) p->dslope[c] = (float)ck_total(p->cut, p->partials, stride, 2 * width, c);
}

// dx = scale · inverse · (dz - mean of dz - normal · mean of (dz · normal)), the means over the
// batch.
CK_INLINE void propagate(const float *x, const float *dy, const lanes *l, const sums *means,
                         float *dx, int accumulate, long count, int vectors) {
  for (long i = 0; i < count;)
    for (int v = 0; v < vectors; v++, i += CK_WIDTH) {
      ck_vector normal = (CK_LOAD(x + i) - l->mean[v]) * l->inverse[v];
      ck_vector z = normal * l->scale[v] + l->shift[v];
      ck_vector dz = CK_LOAD(dy + i);
      dz = z > 0 ? dz : dz * l->slope[v];
      dz = (dz - means->shift[v] - normal * means->scale[v]) * (l->scale[v] * l->inverse[v]);
      CK_STORE(dx + i, accumulate ? CK_LOAD(dx + i) + dz : dz);
    }
}

CK_KERNEL static void propagate_chunk(void *context, int unit) {
  const pass *p = context;
  ck_chunk chunk = ck_chunk_at(p->cut, unit);
  const float *x = p->x + chunk.start, *dy = p->dy + chunk.start;
  float *dx = p->dx + chunk.start;
  int vectors = p->cut.vectors;
  float values = (float)values_per_channel(p->cut.layout);
  lanes l;
  sums means;
  spread_lanes(p, chunk.block, &l);
  ck_spread(p->cut, chunk.block, p->dshift, means.shift);
  ck_spread(p->cut, chunk.block, p->dscale, means.scale);
  for (int v = 0; v < vectors; v++) {
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
}

void ck_batch_norm_backward(const ck_batch_norm *norm, const float *x, const float *saved,
                            const float *dy, float *dx, int accumulate, float *dscale,
                            float *dshift, float *dslope, float *scratch) {
  pass p = {
      .norm = norm, .cut = ck_cut(norm->layout), .x = x, .dy = dy, .partials = scratch,
      .mean = saved, .inverse = saved + norm->layout.c, .dscale = dscale, .dshift = dshift,
      .dslope = dslope, .dx = dx, .accumulate = accumulate,
  };
  ck_parallel(norm->threads, ck_units(p.cut), gradient_chunk, &p);
  ck_parallel(norm->threads, norm->layout.c, merge_gradients, &p);
  if (dx) ck_parallel(norm->threads, ck_units(p.cut), propagate_chunk, &p);
}

long ck_batch_norm_saved(ck_layout layout) { return 2L * layout.c; }

long ck_batch_norm_scratch(ck_layout layout) {
  long partials = (long)ck_units(ck_cut(layout)) * layout.block * BACKWARD_PARTIALS;
  return partials > layout.c ? partials : layout.c;
}
