#include "ck_batch_norm.h"

#include <math.h>

#include "ck_moments.h"
#include "ck_normal.h"

typedef struct {
  const ck_batch_norm *norm;
  ck_chunks cut;
  ck_tensor x, y;
  const float *mean, *inverse;
  // Of a unit: mean and sum of squared deviations, each for the channels of a block.
  float *partials;
  float *saved, *running_mean, *running_variance;
  float momentum;
} forward_pass;

// Statistics ------------------------------------------------------------------------------------

// The mean and variance of channel c from those of its chunks.
static void merge_statistics(void *context, int c) {
  const forward_pass *p = context;
  ck_chunks cut = p->cut;
  int width = cut.layout.block, blocks = ck_blocks(cut.layout);
  double values = ck_values_per_channel(cut.layout), mean = 0, squares = 0;
  for (int reading = 0; reading < 2; reading++)
    for (int n = 0; n < cut.layout.n; n++)
      for (int chunk = 0; chunk < cut.chunks; chunk++) {
        int unit = (n * blocks + c / width) * cut.chunks + chunk;
        const float *partial = p->partials + (long)unit * 2 * width + c % width;
        double weight = (double)(ck_chunk_at(cut, unit).count / width);
        if (reading == 0)
          mean += weight * partial[0] / values;
        else
          squares += partial[width] + weight * (partial[0] - mean) * (partial[0] - mean);
      }
  double momentum = p->momentum, unbiased = squares / (values > 1 ? values - 1 : 1);
  p->saved[c] = (float)mean;
  p->saved[cut.layout.c + c] = (float)(1 / sqrt(squares / values + p->norm->epsilon));
  p->running_mean[c] = (float)((1 - momentum) * p->running_mean[c] + momentum * mean);
  p->running_variance[c] =
      (float)((1 - momentum) * p->running_variance[c] + momentum * unbiased);
}

// Forward ---------------------------------------------------------------------------------------

CK_INLINE void normalise(const float *x, const ck_normal *l, float *y, long count, int vectors) {
  for (long i = 0; i < count;)
    for (int v = 0; v < vectors; v++, i += CK_WIDTH) {
      ck_vector normal = CK_NORMALISED(x + i, l, v), z = CK_SHIFTED(normal, l, v);
      CK_STORE(y + i, CK_ACTIVATED(z, l, v));
    }
}

CK_KERNEL static void normalise_chunk(void *context, int unit) {
  const forward_pass *p = context;
  ck_chunk chunk = ck_chunk_at(p->cut, unit);
  float inputs[CK_CHUNK], outputs[CK_CHUNK];
  const float *x = ck_open(p->x, chunk, inputs);
  float *y = ck_target(p->y, chunk, 0, outputs);
  int vectors = p->cut.vectors;
  ck_normal l;
  ck_spread_normal(p->norm, p->cut, chunk.block, p->mean, p->inverse, &l);

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
  ck_close(p->y, chunk, y);
}

void ck_batch_norm_train(const ck_batch_norm *norm, float momentum, ck_tensor x, ck_tensor y,
                         float *running_mean, float *running_variance, float *saved,
                         float *scratch) {
  forward_pass p = {
      .norm = norm, .cut = ck_cut(norm->layout), .x = x, .y = y, .partials = scratch,
      .mean = saved, .inverse = saved + norm->layout.c, .saved = saved,
      .running_mean = running_mean, .running_variance = running_variance, .momentum = momentum,
  };
  ck_chunk_moments(p.cut, x, scratch, norm->threads);
  ck_parallel(norm->threads, norm->layout.c, merge_statistics, &p);
  ck_parallel(norm->threads, ck_units(p.cut), normalise_chunk, &p);
}

void ck_batch_norm_train_frozen(const ck_batch_norm *norm, ck_tensor x, ck_tensor y,
                                const float *running_mean, const float *running_variance,
                                float *saved) {
  for (int c = 0; c < norm->layout.c; c++) {
    saved[c] = running_mean[c];
    saved[norm->layout.c + c] = (float)(1 / sqrt((double)running_variance[c] + norm->epsilon));
  }
  ck_batch_norm_repeat(norm, x, y, saved);
}

void ck_batch_norm_repeat(const ck_batch_norm *norm, ck_tensor x, ck_tensor y,
                          const float *saved) {
  forward_pass p = {
      .norm = norm, .cut = ck_cut(norm->layout), .x = x, .y = y,
      .mean = saved, .inverse = saved + norm->layout.c,
  };
  ck_parallel(norm->threads, ck_units(p.cut), normalise_chunk, &p);
}

void ck_batch_norm_evaluate(const ck_batch_norm *norm, ck_tensor x, ck_tensor y,
                            const float *running_mean, const float *running_variance,
                            float *scratch) {
  for (int c = 0; c < norm->layout.c; c++)
    scratch[c] = (float)(1 / sqrt((double)running_variance[c] + norm->epsilon));
  forward_pass p = {
      .norm = norm, .cut = ck_cut(norm->layout), .x = x, .y = y,
      .mean = running_mean, .inverse = scratch,
  };
  ck_parallel(norm->threads, ck_units(p.cut), normalise_chunk, &p);
}

long ck_batch_norm_saved(ck_layout layout) { return 2L * layout.c; }
