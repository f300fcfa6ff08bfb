#include "ck_dispatch.h"
#include "ck_losses.h"
#include "ck_parallel.h"
#include "ck_tile.h"

typedef struct {
  ck_layout layout;
  const float *logits;
  const ck_label *labels;
  const float *weights;
  long weight_stride;
  const float *pixel_weights;
  float scale;
  float *gradient;
  double *partials;
} cross_entropy;

CK_KERNEL static void cross_entropy_block(void *context, int unit) {
  const cross_entropy *job = context;
  ck_layout l = job->layout;
  ck_pixels block = ck_pixels_of(l, unit);

  const float *weights = job->weights + block.n * job->weight_stride;
  double lanes[CK_TILE] = {0};
  float z[CK_MAX_CLASSES][CK_TILE];
  for (long pixel = block.first; pixel < block.end; pixel += CK_TILE) {
    int count = ck_tile_count(block, pixel);
    ck_tile_labels tile = ck_tile_open(l, job->logits, job->labels, block, pixel, z);

    float at_label[CK_TILE], weight[CK_TILE], max[CK_TILE], sum[CK_TILE];
    for (int t = 0; t < CK_TILE; t++) {
      at_label[t] = z[tile.label[t]][t];
      weight[t] = tile.valid[t] ? weights[tile.label[t]] : 0.0f;
    }
    if (job->pixel_weights) {
      const float *factor = job->pixel_weights + block.n * ck_area(l) + pixel;
      for (int t = 0; t < count; t++) weight[t] *= factor[t];
    }
    ck_tile_exponentials(l.c, z, max, sum);
    for (int t = 0; t < CK_TILE; t++) {
      float loss = (max[t] - at_label[t]) + ck_log(sum[t]);
      lanes[t] += (double)weight[t] * (double)loss;
    }
    if (!job->gradient) continue;

    float factor[CK_TILE];
    for (int t = 0; t < CK_TILE; t++) {
      weight[t] *= job->scale;
      factor[t] = weight[t] / sum[t];
    }
    for (int c = 0; c < l.c; c++)
      for (int t = 0; t < CK_TILE; t++) z[c][t] *= factor[t];
    for (int t = 0; t < CK_TILE; t++) z[tile.label[t]][t] -= weight[t];
    ck_tile_add(l, job->gradient, block.n, pixel, count, z);
  }

  double total = 0;
  for (int t = 0; t < CK_TILE; t++) total += lanes[t];
  job->partials[unit] = total;
}

double ck_cross_entropy(ck_layout l, const float *logits, const ck_label *labels,
                        const float *weights, long weight_stride, const float *pixel_weights,
                        float gradient_scale, float *gradient, double *partials, int threads) {
  cross_entropy job = {l, logits, labels, weights, weight_stride, pixel_weights,
                       gradient_scale, gradient, partials};
  return ck_sum_of_blocks(l, cross_entropy_block, &job, partials, threads);
}

typedef struct {
  ck_layout layout;
  const float *logits;
  const ck_label *labels;
  float *values;
} likelihood;

CK_KERNEL static void likelihood_block(void *context, int unit) {
  const likelihood *job = context;
  ck_layout l = job->layout;
  ck_pixels block = ck_pixels_of(l, unit);

  float z[CK_MAX_CLASSES][CK_TILE];
  for (long pixel = block.first; pixel < block.end; pixel += CK_TILE) {
    int count = ck_tile_count(block, pixel);
    ck_tile_labels tile = ck_tile_open(l, job->logits, job->labels, block, pixel, z);
    float at_label[CK_TILE], max[CK_TILE], sum[CK_TILE], value[CK_TILE];
    for (int t = 0; t < CK_TILE; t++) at_label[t] = z[tile.label[t]][t];
    ck_tile_exponentials(l.c, z, max, sum);
    for (int t = 0; t < CK_TILE; t++) {
      float loss = (max[t] - at_label[t]) + ck_log(sum[t]);
      value[t] = tile.valid[t] ? loss : 0.0f;
    }
    memcpy(job->values + block.n * ck_area(l) + pixel, value, sizeof value[0] * (size_t)count);
  }
}

void ck_negative_log_likelihood(ck_layout l, const float *logits, const ck_label *labels,
                                float *values, int threads) {
  likelihood job = {l, logits, labels, values};
  ck_parallel(threads, ck_pixel_blocks(l), likelihood_block, &job);
}
