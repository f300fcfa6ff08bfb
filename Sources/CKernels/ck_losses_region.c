#include "ck_dispatch.h"
#include "ck_losses.h"
#include "ck_parallel.h"
#include "ck_tile.h"

typedef struct {
  ck_layout layout;
  const float *logits;
  const ck_label *labels;
  int squared;
  double *partials;
} region_sums;

CK_KERNEL static void region_sums_block(void *context, int unit) {
  const region_sums *job = context;
  ck_layout l = job->layout;
  ck_pixels block = ck_pixels_of(l, unit);

  enum { LANES = 8 };
  double overlap[CK_MAX_CLASSES], volume[CK_MAX_CLASSES][LANES];
  memset(overlap, 0, sizeof overlap[0] * (size_t)l.c);
  memset(volume, 0, sizeof volume[0] * (size_t)l.c);
  float p[CK_MAX_CLASSES][CK_TILE];
  for (long pixel = block.first; pixel < block.end; pixel += CK_TILE) {
    int count = ck_tile_count(block, pixel);
    ck_tile_labels tile = ck_tile_open(l, job->logits, job->labels, block, pixel, p);
    ck_tile_softmax(l.c, p);

    for (int t = 0; t < count; t++)
      if (tile.valid[t]) overlap[tile.label[t]] += (double)p[tile.label[t]][t];
    for (int c = 0; c < l.c; c++) {
      float term[CK_TILE];
      for (int t = 0; t < CK_TILE; t++) {
        float value = job->squared ? p[c][t] * p[c][t] : p[c][t];
        term[t] = tile.valid[t] ? value : 0.0f;
      }
      for (int lane = 0; lane < LANES; lane++)
        for (int t = lane; t < CK_TILE; t += LANES) volume[c][lane] += (double)term[t];
    }
  }

  double *partial = job->partials + (long)unit * 2 * l.c;
  for (int c = 0; c < l.c; c++) {
    partial[c] = overlap[c];
    partial[l.c + c] = 0;
    for (int lane = 0; lane < LANES; lane++) partial[l.c + c] += volume[c][lane];
  }
}

void ck_region_sums(ck_layout l, const float *logits, const ck_label *labels, int squared,
                    double *sums, double *partials, int threads) {
  region_sums job = {l, logits, labels, squared, partials};
  ck_parallel(threads, ck_pixel_blocks(l), region_sums_block, &job);
  int blocks = ck_image_pixel_blocks(l), values = 2 * l.c;
  for (int n = 0; n < l.n; n++)
    for (int i = 0; i < values; i++) {
      double total = 0;
      for (int b = 0; b < blocks; b++) total += partials[((long)n * blocks + b) * values + i];
      sums[(long)n * values + i] = total;
    }
}

typedef struct {
  ck_layout layout;
  const float *logits;
  const ck_label *labels;
  const float *coefficients;
  long image_stride;
  float scale;
  float *gradient;
} region_gradient;

CK_KERNEL static void region_gradient_block(void *context, int unit) {
  const region_gradient *job = context;
  ck_layout l = job->layout;
  ck_pixels block = ck_pixels_of(l, unit);

  const float *everywhere = job->coefficients + block.n * job->image_stride;
  const float *slope = everywhere + l.c, *hit = slope + l.c;
  float p[CK_MAX_CLASSES][CK_TILE];
  for (long pixel = block.first; pixel < block.end; pixel += CK_TILE) {
    int count = ck_tile_count(block, pixel);
    ck_tile_labels tile = ck_tile_open(l, job->logits, job->labels, block, pixel, p);
    ck_tile_softmax(l.c, p);

    // ∂L/∂z[c] = p[c] · (q[c] − Σ q p) with q = ∂L/∂p; `mean` is the sum.
    float at_label[CK_TILE], mean[CK_TILE], scale[CK_TILE];
    for (int t = 0; t < CK_TILE; t++) {
      at_label[t] = hit[tile.label[t]] * p[tile.label[t]][t];
      mean[t] = at_label[t];
      scale[t] = tile.valid[t] ? job->scale : 0.0f;
    }
    for (int c = 0; c < l.c; c++)
      for (int t = 0; t < CK_TILE; t++)
        mean[t] += p[c][t] * (everywhere[c] + slope[c] * p[c][t]);
    for (int c = 0; c < l.c; c++)
      for (int t = 0; t < CK_TILE; t++)
        p[c][t] = scale[t] * (p[c][t] * (everywhere[c] + slope[c] * p[c][t] - mean[t]));
    for (int t = 0; t < CK_TILE; t++) p[tile.label[t]][t] += scale[t] * at_label[t];
    ck_tile_add(l, job->gradient, block.n, pixel, count, p);
  }
}

void ck_region_gradient(ck_layout l, const float *logits, const ck_label *labels,
                        const float *coefficients, long image_stride, float scale, float *gradient,
                        int threads) {
  region_gradient job = {l, logits, labels, coefficients, image_stride, scale, gradient};
  ck_parallel(threads, ck_pixel_blocks(l), region_gradient_block, &job);
}
