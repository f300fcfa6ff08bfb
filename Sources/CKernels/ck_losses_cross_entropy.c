#include "ck_dispatch.h"
#include "ck_losses.h"
#include "ck_parallel.h"
#include "ck_tile.h"

typedef struct {
  ck_layout layout;
  const float *logits;
  const uint8_t *labels;
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
  int blocks = ck_image_pixel_blocks(l), n = unit / blocks;
  long first = (long)(unit % blocks) * CK_PIXEL_BLOCK, end = first + CK_PIXEL_BLOCK;
  if (end > ck_area(l)) end = ck_area(l);

  const float *weights = job->weights + n * job->weight_stride;
  double lanes[CK_TILE] = {0};
  float z[CK_MAX_CLASSES][CK_TILE];
  for (long pixel = first; pixel < end; pixel += CK_TILE) {
    int count = end - pixel < CK_TILE ? (int)(end - pixel) : CK_TILE;
    ck_tile_labels tile = ck_tile_read_labels(job->labels + n * ck_area(l) + pixel, count);
    ck_tile_read(l, job->logits, n, pixel, count, z);
    ck_tile_mask(&tile, l.c, z);

    float at_label[CK_TILE], weight[CK_TILE], max[CK_TILE], sum[CK_TILE];
    for (int t = 0; t < CK_TILE; t++) {
      at_label[t] = z[tile.label[t]][t];
      weight[t] = tile.valid[t] ? weights[tile.label[t]] : 0.0f;
    }
    if (job->pixel_weights) {
      const float *factor = job->pixel_weights + n * ck_area(l) + pixel;
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
    ck_tile_add(l, job->gradient, n, pixel, count, z);
  }

  double total = 0;
  for (int t = 0; t < CK_TILE; t++) total += lanes[t];
  job->partials[unit] = total;
}

double ck_cross_entropy(ck_layout l, const float *logits, const uint8_t *labels,
                        const float *weights, long weight_stride, const float *pixel_weights,
                        float gradient_scale, float *gradient, double *partials, int threads) {
  cross_entropy job = {l, logits, labels, weights, weight_stride, pixel_weights,
                       gradient_scale, gradient, partials};
  int units = ck_pixel_blocks(l);
  ck_parallel(threads, units, cross_entropy_block, &job);
  double total = 0;
  for (int unit = 0; unit < units; unit++) total += partials[unit];
  return total;
}

typedef struct {
  ck_layout layout;
  const float *logits;
  const uint8_t *labels;
  float *values;
} likelihood;

CK_KERNEL static void likelihood_block(void *context, int unit) {
  const likelihood *job = context;
  ck_layout l = job->layout;
  int blocks = ck_image_pixel_blocks(l), n = unit / blocks;
  long first = (long)(unit % blocks) * CK_PIXEL_BLOCK, end = first + CK_PIXEL_BLOCK;
  if (end > ck_area(l)) end = ck_area(l);

  float z[CK_MAX_CLASSES][CK_TILE];
  for (long pixel = first; pixel < end; pixel += CK_TILE) {
    int count = end - pixel < CK_TILE ? (int)(end - pixel) : CK_TILE;
    ck_tile_labels tile = ck_tile_read_labels(job->labels + n * ck_area(l) + pixel, count);
    ck_tile_read(l, job->logits, n, pixel, count, z);
    ck_tile_mask(&tile, l.c, z);
    float at_label[CK_TILE], max[CK_TILE], sum[CK_TILE], value[CK_TILE];
    for (int t = 0; t < CK_TILE; t++) at_label[t] = z[tile.label[t]][t];
    ck_tile_exponentials(l.c, z, max, sum);
    for (int t = 0; t < CK_TILE; t++) {
      float loss = (max[t] - at_label[t]) + ck_log(sum[t]);
      value[t] = tile.valid[t] ? loss : 0.0f;
    }
    memcpy(job->values + n * ck_area(l) + pixel, value, sizeof value[0] * (size_t)count);
  }
}

void ck_negative_log_likelihood(ck_layout l, const float *logits, const uint8_t *labels,
                                float *values, int threads) {
  likelihood job = {l, logits, labels, values};
  ck_parallel(threads, ck_pixel_blocks(l), likelihood_block, &job);
}
