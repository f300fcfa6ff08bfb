#include "ck_dispatch.h"
#include "ck_losses.h"
#include "ck_parallel.h"
#include "ck_tile.h"

typedef struct {
  ck_layout layout;
  const float *logits;
  const ck_label *labels;
  const float *weights;
  float parameter;
  float scale;
  float *gradient;
  double *partials;
} pixel_loss;

// What a formula sets of the pixels of a tile.
typedef struct {
  float value[CK_TILE];
  float slope[CK_TILE];
} pixel_terms;

// The function that a block of pixels asks for its formula. It is inlined, so that it becomes part of
// the loop over the tile.
typedef void (*pixel_formula)(float parameter, const float *nll, const float *wrong,
                              pixel_terms *terms);

CK_INLINE void pixel_block(const pixel_loss *job, int unit, pixel_formula formula) {
  ck_layout l = job->layout;
  ck_pixels block = ck_pixels_of(l, unit);

  double lanes[CK_TILE] = {0};
  float z[CK_MAX_CLASSES][CK_TILE];
  for (long pixel = block.first; pixel < block.end; pixel += CK_TILE) {
    int count = ck_tile_count(block, pixel);
    ck_tile_labels tile = ck_tile_open(l, job->logits, job->labels, block, pixel, z);

    float at_label[CK_TILE], weight[CK_TILE], max[CK_TILE], sum[CK_TILE], others[CK_TILE];
    for (int t = 0; t < CK_TILE; t++) {
      at_label[t] = z[tile.label[t]][t];
      weight[t] = tile.valid[t] ? job->weights[tile.label[t]] : 0.0f;
      others[t] = 0.0f;
    }
    ck_tile_exponentials(l.c, z, max, sum);
    for (int c = 0; c < l.c; c++)
      for (int t = 0; t < CK_TILE; t++) others[t] += tile.label[t] == c ? 0.0f : z[c][t];

    float nll[CK_TILE], wrong[CK_TILE];
    for (int t = 0; t < CK_TILE; t++) {
      // 1 − p[y] is what the other classes have, free of the cancellation of a subtraction; and
      // where y leads, −ln p[y] = ln(1 + others), of which the rounded sum keeps no small others.
      wrong[t] = others[t] / sum[t];
      float rest = (others[t] - (sum[t] - 1.0f)) / sum[t];
      nll[t] = (max[t] - at_label[t]) + ck_log(sum[t]);
      nll[t] += at_label[t] == max[t] ? rest : 0.0f;
    }
    pixel_terms terms;
    formula(job->parameter, nll, wrong, &terms);
    for (int t = 0; t < CK_TILE; t++) lanes[t] += (double)weight[t] * (double)terms.value[t];
    if (!job->gradient) continue;

    float share[CK_TILE];
    for (int t = 0; t < CK_TILE; t++)
      share[t] = weight[t] * terms.slope[t] * job->scale / sum[t];
    for (int c = 0; c < l.c; c++)
      for (int t = 0; t < CK_TILE; t++) z[c][t] *= share[t];
    // p[y] − 1 as −(1 − p[y]).
    for (int t = 0; t < CK_TILE; t++) z[tile.label[t]][t] = -share[t] * others[t];
    ck_tile_add(l, job->gradient, block.n, pixel, count, z);
  }

  double total = 0;
  for (int t = 0; t < CK_TILE; t++) total += lanes[t];
  job->partials[unit] = total;
}

static double pixel_sum(pixel_loss job, ck_body body, int threads) {
  return ck_sum_of_blocks(job.layout, body, &job, job.partials, threads);
}

#define CK_PIXEL_FORMULA(NAME, PARAMETER, ...)                                                    \
  CK_INLINE void NAME##_terms(float PARAMETER, const float *nlls, const float *wrongs,            \
                              pixel_terms *terms) {                                               \
    for (int t = 0; t < CK_TILE; t++) {                                                           \
      float nll = nlls[t], wrong = wrongs[t], value, slope;                                       \
      (void)wrong;                                                                                \
      __VA_ARGS__                                                                                 \
      terms->value[t] = value;                                                                    \
      terms->slope[t] = slope;                                                                    \
    }                                                                                             \
  }                                                                                               \
  CK_KERNEL static void NAME##_block(void *job, int unit) {                                       \
    pixel_block(job, unit, NAME##_terms);                                                         \
  }                                                                                               \
  double NAME(ck_layout l, const float *logits, const ck_label *labels, const float *weights,     \
              float PARAMETER, float gradient_scale, float *gradient, double *partials,           \
              int threads) {                                                                      \
    pixel_loss job = {l, logits, labels, weights, PARAMETER, gradient_scale, gradient, partials}; \
    return pixel_sum(job, NAME##_block, threads);                                                 \
  }
#include "ck_pixel_losses.h"
