#include "ck_dispatch.h"
#include "ck_losses.h"
#include "ck_parallel.h"
#include "ck_tile.h"

typedef struct {
  ck_layout layout;
  const float *logits;
  const ck_label *labels;
  const float *weights;
  float gamma;
  float scale;
  float *gradient;
  double *partials;
} focal;

// Below this chance of being wrong a pixel's loss and gradient are taken as 0.
static const float negligible = 1e-12f;

CK_KERNEL static void focal_block(void *context, int unit) {
  const focal *job = context;
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

    float factor[CK_TILE];
    for (int t = 0; t < CK_TILE; t++) {
      // 1 − p[y] is what the other classes have, free of the cancellation of a subtraction; and
      // where y leads, −ln p[y] = ln(1 + others), of which the rounded sum keeps no small others.
      float wrong = others[t] / sum[t];
      float loss = (max[t] - at_label[t]) + ck_log(sum[t]);
      float rest = (others[t] - (sum[t] - 1.0f)) / sum[t];
      loss += at_label[t] == max[t] ? rest : 0.0f;
      float power = ck_exp(job->gamma * ck_log(wrong));
      float right = 1.0f - wrong;
      float slope = power + job->gamma * right * (power / wrong) * loss;
      int counts = !(wrong < negligible);
      factor[t] = counts ? weight[t] * slope : 0.0f;
      lanes[t] += counts ? (double)(weight[t] * power) * (double)loss : 0.0;
    }
    if (!job->gradient) continue;

    float share[CK_TILE];
    for (int t = 0; t < CK_TILE; t++) {
      factor[t] *= job->scale;
      share[t] = factor[t] / sum[t];
    }
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

double ck_focal(ck_layout l, const float *logits, const ck_label *labels, const float *weights,
                float gamma, float gradient_scale, float *gradient, double *partials,
                int threads) {
  focal job = {l, logits, labels, weights, gamma, gradient_scale, gradient, partials};
  int units = ck_pixel_blocks(l);
  ck_parallel(threads, units, focal_block, &job);
  double total = 0;
  for (int unit = 0; unit < units; unit++) total += partials[unit];
  return total;
}
